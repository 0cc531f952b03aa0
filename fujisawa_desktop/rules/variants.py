"""Characters that are one character to a person who searches: the table of variant kanji.

Each group starts with the common form; the others are old forms and shapes found in family
registers (domain rules 4.5).  Used for search keys only, never for a stored or printed name.
Shapes that Unicode itself calls compatible (神, 塚, 﨑 excepted) are folded by NFKC before.
"""

from __future__ import annotations

from typing import Final

# Family names first, given names and schools after, the rest by sound.
_GROUPS: Final = """
高髙 崎﨑嵜 吉𠮷 浜濱濵 辺邊邉 沢澤 柳栁桺 斉齊斎齋 桜櫻 国國圀 広廣 真眞 恵惠 瀬瀨 徳德
曽曾 島嶋嶌嶹 富冨 淵渕渊 藪薮籔 竜龍⻯ 滝瀧 橋槗𣘺 峰峯 館舘 条條 塩鹽 亀龜 鶴靏靍靎鸖 槙槇
豊豐 県縣 黒黑 緑綠 青靑⻘ 清淸 横橫 黄黃⻩ 万萬 土圡𡈽 桑桒 松枩 梅楳 柏栢 桧檜 達逹 船舩
関關 沖冲 芦蘆 園薗 遠逺 鉄鐵銕鉃 角⻆ 郎郞 郷鄕鄉 雁鴈 頼賴 飯飰 餅餠 鍬鍫 鎌鐮 須湏
蛎蠣 蒋蔣 竈竃 篭籠 穎頴 砺礪 祢禰 祷禱 皐皋 曳曵 撹攪 壷壺 鯵鰺 鴎鷗 鴬鶯
渓溪谿 渋澁澀 浅淺 済濟 満滿 温溫 濤涛 潅灌 弥彌 奥奧 宮宫 宝寶寳 実實 寛寬 寿壽
将將 尚尙 岳嶽 巌巖 巣巢 帯帶 戸戶 晋晉 暁曉 暦曆 栄榮 楼樓 楽樂 様樣 権權 歩步 歳歲
歴歷 毎每 気氣 浄淨 瑶瑤 礼禮 禄祿 禅禪 秋穐龝 穂穗 穏穩 穣穰 窓窗窻 糸絲 経經 絵繪 継繼
続續 総總 縁緣 縄繩 聡聰 荘莊 蔵藏 薫薰 薬藥 虫蟲 蛍螢 蝉蟬 衛衞 覚覺 観觀 譲讓 賛贊 軽輕
遥遙 釈釋 録錄 隠隱 随隨 隣鄰 静靜 霊靈 頬頰 顔顏 顕顯 駅驛 駒驹 験驗 鶏鷄雞 麦麥 麹麴 麺麵
点點 齢齡 凛凜 喜㐂 丈𠀋 本夲 慎愼 煕熙凞 爾尓 灯燈 萌萠 朗朖 悦悅 恒恆 応應 学學斈
芸藝 児兒 亜亞 会會 体體 党黨 円圓 厳嚴 双雙 剣劍劔劒釼剱 励勵 勲勳勛 参參 来來 仏佛 伝傳
与與 両兩 乗乘 争爭 予豫 仮假 価價 侠俠 倹儉 偽僞 処處 剰剩 労勞 効效 区區 医醫 単單 収收 号號
営營 嘱囑 団團 囲圍 図圖 圧壓 壊壞 壌壤 増增 塁壘 壱壹 声聲 売賣 変變 嬢孃 専專 対對 届屆 属屬
峡峽 帰歸 弁辨瓣辯 当當 径徑 従從 徴徵 恋戀 悪惡 悩惱 懐懷 戦戰 戯戲 払拂 抜拔 択擇 拝拜 担擔
拠據 拡擴 挙擧 挿插 捜搜 掲揭 揺搖 摂攝 教敎 数數 断斷 旧舊 昼晝 枢樞 桟棧 検檢 概槪 欧歐 歓歡
殴毆 殻殼 没沒 涙淚 湿濕 湾灣 滞滯 潜潛 炉爐 焼燒 為爲 状狀 独獨 狭狹 猟獵 献獻 獣獸 産產 画畫
略畧 畳疊 痴癡 発發 盗盜 研硏 砕碎 秘祕 称稱 稲稻 粋粹 粛肅 絶絕 繊纖 縦縱 群羣 聴聽 胆膽 脱脫
脳腦 舎舍 舗舖 艶艷 茎莖 虚虛 蚕蠶 装裝 褒襃 覧覽 触觸 訳譯 証證 説說 誉譽 読讀 諌諫 謡謠 賓賔
践踐 転轉 辞辭 逓遞 遅遲 酔醉 醤醬 鋳鑄 銭錢 鎖鎻 鑑鑒 閲閱 闘鬪 陥陷 険險 隷隸 雑雜 飲飮 駆驅
騒騷 髄髓 髪髮 黙默 歯齒 鈎鉤 缶罐 床牀 並竝
涼凉 準凖 姉姊 姫姬 宜冝 強强 彦彥 昇曻 昂昻 卯夘 尭堯 野埜 村邨
長⻑ 西⻄ 鬼⻤ 見⻅ 馬⻢ 鳥⻦ 食⻝ 祇祗 呉吳吴 柿柹 桝枡 梼檮 翠翆 莱萊 裏裡 間閒 迩邇 頚頸 騨驒 兎兔
"""

VARIANT_KANJI: Final[dict[str, str]] = {group[0]: group[1:] for group in _GROUPS.split()}
"""Common form → its variants."""

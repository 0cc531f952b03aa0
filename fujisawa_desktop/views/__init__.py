"""What a clerk sees: the window, its tabs and the widgets they are made of."""

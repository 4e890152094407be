"""个人信息: keys, masks, numbers of people, photographs and where they lie."""

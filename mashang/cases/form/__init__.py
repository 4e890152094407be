"""申请表: the form as data. One source for the phone's steps, the desk, the check page and the tests."""

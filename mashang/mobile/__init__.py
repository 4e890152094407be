"""手机端: the door of workers, givers and helpers, on a phone."""

"""What this room tells people: whoever keeps a union's files or decides there hears who gets in."""

from mashang.notices.kinds import kind

POST_PROPOSED = kind(
    "unions.post_proposed",
    "有新的任职待确认",
    "{union}有一项新的任职，等第二人确认后生效。如果不是工会安排的，请不要确认，并告诉上级工会。",
    by_sms=False,
)
POST_CONFIRMED = kind(
    "unions.post_confirmed",
    "新的任职已生效",
    "{union}有一项任职已由两人办理生效，是谁、谁办的，看“异常提醒”下面的“任职和账号变动”。如果不是工会安排的，请立即告诉上级工会。",
    by_sms=False,
)
POST_DECLINED = kind(
    "unions.post_declined",
    "您提出的任职没有通过",
    "您提出的{union}的一项任职，第二人不同意，没有生效。需要的，请核实后重新提出。",
    by_sms=False,
)
POST_SLEEPS = kind(
    "unions.post_sleeps",
    "有任职暂停，等第二人确认",
    "{union}有一项早先由一个人办的任职到期没有第二人确认，已暂停；确认后恢复。",
    by_sms=False,
)
CONFIRM_IN_TIME = kind(
    "unions.confirm_in_time",
    "有早先的任职要您补确认",
    "{union}有{count}项任职早先由一个人办，要在{day}前由第二人确认，过期就暂停。请和本人、工会核实后，到“待确认任职”办理。",
    by_sms=False,
)
OWN_POST_WAITS = kind(
    "unions.own_post_waits",
    "您的任职要第二人补确认",
    "您在{union}的一项任职早先由一个人办，要在{day}前由第二人确认，过期就暂停。请提醒本级或上级的系统管理员、审批人办理。",
    by_sms=False,
)
OWN_POST_SLEEPS = kind(
    "unions.own_post_sleeps",
    "您的任职暂停，等第二人确认",
    "您在{union}的一项任职到期没有第二人确认，已暂停。请联系本级或上级的系统管理员、审批人，确认后恢复。",
    by_sms=False,
)
ACCOUNT_CLOSED = kind(
    "unions.account_closed",
    "有人的账号被停用",
    "{union}一位工作人员的账号刚被停用，全部任职都停下来，手上的事要请同事接；是谁，看“异常提醒”下面的“任职和账号变动”。要恢复的，由管理员重置登录、第二人确认。",
    by_sms=False,
)
ACCOUNT_RESET = kind(
    "unions.account_reset",
    "有人的登录被重置",
    "{union}一位工作人员的登录刚被重置，全部任职要等第二人重新确认。如果本人没有提出过，请不要确认，并告诉上级工会。",
    by_sms=False,
)
MESSAGES_SHORT = kind(
    "unions.messages_short",
    "验证码短信快用完了",
    "{union}的平台今天索取验证码异常多，给陌生设备的短信已用完，老用户照常登录。请让管服务器的同志查一查是不是有人恶意索取。",
    by_sms=False,
)
KIN_WITHDRAWN = kind(
    "unions.kin_withdrawn",
    "有人撤销了一项亲属声明",
    "{union}一位同志撤销了一项亲属声明，从现在起不再因此回避；是谁，看“异常提醒”下面的“任职和账号变动”。请问清原因。",
    by_sms=False,
)
HOLIDAYS_WAIT = kind(
    "unions.holidays_wait",
    "有一份放假通知等您核对",
    "{union}录入了{count}年的放假通知，要由另一位同事逐日对照原文，核对后才生效。",
    by_sms=False,
)
HOLIDAYS_DECLINED = kind(
    "unions.holidays_declined",
    "您录入的放假通知被退回",
    "您在{union}录入的{count}年放假通知被退回，没有生效。请对照原文重新录入。",
    by_sms=False,
)

# What these tell of waits for a second person.
WAIT = (POST_PROPOSED, POST_SLEEPS, ACCOUNT_RESET)

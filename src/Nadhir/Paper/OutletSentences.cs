namespace Nadhir.Paper;

/// <summary>What outlets say of messages and connections, and what speaks against a reported position, in Arabic.</summary>
static class OutletSentences
{
    const string Number = @"\d+", Any = "(.+)";

    public static readonly (string English, string Arabic)[] All =
    [
        ("a message of the other world", "رسالة من العالم الآخر: تمرين وحقيقي لا يختلطان"), ("the outlet is stopped", "المنفذ متوقف"),
        ($"gave way: more than ({Number}) messages wait for this partner", "أُزيحت: ينتظر لهذا الشريك أكثر من {1} رسالة"),
        ("not pushed: the system was stopped", "لم تُرسل: أُوقف النظام"), ("expired while it waited", "انتهت صلاحيتها وهي تنتظر"),
        ($"expired after ({Number}) tries", "انتهت صلاحيتها بعد عدد من المحاولات: {1}"), ($"at try ({Number})", "في المحاولة {1}"),
        ("it is tried again until the message expires", "يعاد إرسالها حتى تنتهي صلاحيتها"), ($"they answered {Any}", "أجابوا: {1}"),
        ("no answer in time", "لا جواب في الوقت المحدد"), ("the broker did not take it", "لم يأخذها الوسيط"),
        ($"published on {Any}", "نُشرت في {1}"), ($"a fault of ours: {Any}", "خلل عندنا: {1}"), ("not in the feed", "ليست في القائمة المنشورة"),
        ($"{Any}, already there", "{1} موجودة من قبل"), ("a live message at an exercise outlet", "رسالة حقيقية في منفذ تمرين"),
        ("an exercise message at a live outlet", "رسالة تمرين في منفذ حقيقي"), ("the identifier cannot be a file name", "لا يصلح المعرّف اسمًا لملف"),
        ("what was written cannot be read", "لا يُقرأ ما كُتب"), ("another message has this identifier", "لرسالة أخرى هذا المعرّف"),
        ("there is no link; it is told when there is one, until it expires", "لا اتصال؛ تُبلَّغ حين يقوم الاتصال ما لم تنته صلاحيتها"),
        ("nobody has asked to be told here", "لم يطلب أحد أن يُبلَّغ هنا"),
        ($"handed over for ({Number}) of ({Number}) phones", "سُلّمت لعدد من الهواتف: {1} من {2}"),
        ($"({Number}) have unsubscribed", "ألغت الاشتراك هواتف عددها {1}"), ($"({Number}) were refused", "رُفضت لهواتف عددها {1}"),
        ($"({Number}) were not reached in time", "لم تُبلَّغ في الوقت هواتف عددها {1}"),
        ($"({Number}) are tried again", "تعاد المحاولة لهواتف عددها {1}"),
        ("it ran out before it could be handed over: no phone is told", "انتهت صلاحيتها قبل تسليمها: لم يُبلَّغ أي هاتف"),
        ($"no words in '{Any}'", "لا نص باللغة {1}"), ("the message is too long for a push message", "الرسالة أطول مما يتسع له إشعار فوري"),
        ($"the phone's key cannot be used: {Any}", "لا يمكن استعمال مفتاح الهاتف: {1}"),
        ($"message {Any} did not leave", "لم تخرج الرسالة {1}"), ($"message ([^:]+): {Any}", "الرسالة {1}: {2}"),
        ($"connected with {Any}", "متصل مع {1}"), ("the connection was refused", "رُفض الاتصال"), ("the connection was closed", "أُغلق الاتصال"),
        ("the connection broke off", "انقطع الاتصال فجأة"), ("the name of the host is not known", "اسم الخادم غير معروف"),
        ("the host cannot be reached", "تعذّر الوصول إلى الخادم"), ($"no trust by TLS: {Any}", "لا ثقة في هوية الخادم: {1}"),
        ($"nothing heard for ({Number}) s", "لم يُسمع شيء منذ {1} ث"),
        ($"the other side took nothing for ({Number}) s", "لم يأخذ الطرف الآخر شيئًا منذ {1} ث"),
        ("the other side did not answer which protocol it speaks", "لم يجب الطرف الآخر بأي بروتوكول يتكلم"),
        ($"{Any} turned away: ({Number}) partners are connected", "صُرف {1}: عدد الشركاء المتصلين {2}"),
        ($"the broker refuses ([^:]+): {Any}", "يرفض الوسيط {1}: {2}"), ($"the broker ended the connection: {Any}", "أنهى الوسيط الاتصال: {1}"),
        ("the embedded broker has stopped", "توقف الوسيط المدمج"),
        ($"all four tones heard at volume ({Number}) %", "سُمعت النغمات الأربع كلها بدرجة صوت {1} %"),
        ("dossier of ([^,]+), profile ([^,]+), ([^,]+)", "ملف {1}، النسخة {2}، {3}"),
        ("was contradicted by radar", "خالفه الرادار من قبل"), ($"contradicted by ([^,]+), {Any} apart", "يخالفه {1} بفارق {2}"),
        ($"not seen by {Any} where it was seen before", "لا يراه {1} حيث كان يُرى"), ("reported in two places at once", "يُعلَن في مكانين في آن واحد"),
        ("jumped further than it can have flown", "قفز إلى أبعد مما يمكن أن يطيره"), ("stands still while it tells a speed", "ثابت في مكانه وهو يعلن سرعة"),
        ("moves otherwise than it tells", "يتحرك بخلاف ما يعلنه"),
        ("nothing speaks against the reported position any more", "لم يعد شيء يخالف الموقع المعلن"),
    ];
}

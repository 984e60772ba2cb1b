using System.Text;
using System.Text.RegularExpressions;

namespace Nadhir.Paper;

/// <summary>
/// What the engine itself writes on record (reasons, evidence, items of an incursion), said in Arabic. Only whole
/// sentences that are known are told anew; what people wrote fits none of them and stays as it was written.
/// </summary>
static partial class EngineWords
{
    const string Day = @"\d{4}-\d\d-\d\d", Clock = @"\d\d:\d\d(?::\d\d)?Z?", Number = @"-?\d+(?:\.\d+)?", Id = @"[^\s,;]+";

    static readonly (Regex English, string Arabic)[] sentences =
    [
        .. new (string, string)[]
        {
            ("rule", "قاعدة"),
            ("rule: no time to wait for people", "قاعدة: لا وقت لانتظار الأشخاص"),
            ("configuration", "التهيئة"),
            // Alerts
            ("1 track", "مسار واحد"), ("2 tracks", "مساران"), ("(3|4|5|6|7|8|9|10) tracks", "{1} مسارات"), (@"(\d+) tracks", "{1} مسارًا"),
            ($"probability ({Number})", "الاحتمال {1}"),
            ($"arrival ({Clock})–({Clock}) UTC", "الوصول بين {1} و{2} بالتوقيت العالمي"),
            (@"track (\d+(?: \d+)*)", "المسار {1}"),
            ("seen by one source only", "من مصدر واحد فقط"),
            ($"seen by ({Id}(?: {Id})*)", "الرصد من {1}"),
            ("no sensor watches over the zone", "لا مستشعر يراقب المنطقة"),
            ($"risk below ({Number}) of what warns since ({Clock}) UTC and no track inside",
                "الخطر دون {1} من حدّ الإنذار منذ {2} بالتوقيت العالمي ولا مسار في الداخل"),
            ("the risk has passed", "زال الخطر"), ("the drill is over", "انتهى التمرين"),
            // Identity
            ("no transponder reply", "لا ردّ من جهاز مجيب"), ("no authorisation on file", "لا تصريح محفوظ"), ("no record found", "لا سجل"),
            (@"Mode 3/A (\d{4}(?:, \d{4})*)", "الرمز {1} بنمط 3/A"), ("Mode S address ([0-9A-F]{6})", "العنوان {1} بنمط S"),
            ($"callsign ({Id})", "النداء {1}"), ($"silent since ({Day} {Clock})", "صامت منذ {1}"),
            ($"still keeps to the area of ({Id})", "ما زال ملتزمًا منطقة {1}"),
            ("no area limit", "بلا حدود منطقة"), ("inside the area", "داخل المنطقة"),
            ($"within ({Day} {Clock}) to ({Day} {Clock})", "ضمن المدة من {1} إلى {2}"), ($"within ({Id})", "وفق {1}"),
            ($"({Id}) on file, but silent since ({Day} {Clock})", "{1} محفوظ، لكنه صامت منذ {2}"),
            ($"({Id}) on file, but valid ({Day} {Clock}) to ({Day} {Clock})", "{1} محفوظ، لكنه ساري المدة من {2} إلى {3}"),
            ($"({Id}) on file, but outside its area", "{1} محفوظ، لكنه خارج منطقته"),
            // Causes: sensors, sirens and their links, phases
            ($"silent for more than ({Number}) s", "صامت منذ أكثر من {1} ث"), ("no data yet", "لا بيانات بعد"),
            ("first data", "أول بيانات"), ("data again", "عادت البيانات"), ("never heard of", "لم يُسمع منها قط"), ("not heard yet", "لم يُسمع منها بعد"),
            ("not heard since the start", "لم يُسمع منها منذ بدء التشغيل"), ("link up", "الاتصال قائم"), ("heard", "سُمعت"),
            ($"silent for ({Number}) s", "صامتة منذ {1} ث"), ("its will: offline", "قالت إنها تنقطع"), ("the siren does not hear us", "الصافرة لا تسمعنا"),
            ("the outlet is back", "عادت القناة"),
            ($"no acknowledgement of ({Id}) before it expired", "لم يُقرّ باستلام {1} قبل انتهاء صلاحيته"),
            ($"acknowledged ({Id}), and has not said that it did it", "أقرّت باستلام {1} ولم تقل إنها نفّذته"),
            ("expired before it could be sent", "انتهت صلاحيته قبل أن يُرسل"), ("the siren did not answer", "لم تجب الصافرة"),
            ("the broker could not be reached", "تعذّر الوصول إلى الوسيط"), ($"replaced by ({Id}) before the siren answered", "حلّ محله {1} قبل أن تجيب الصافرة"),
            ("the outlet itself is silent", "المنفذ نفسه صامت"), ("should be silent by now, and has not said that it is", "كان عليها أن تصمت، ولم تقل إنها صمتت"),
            ("no such siren is configured", "لا صافرة كهذه في التهيئة"), ("the siren's name cannot be part of a topic", "لا يصلح اسم الصافرة عنوانًا للرسائل"),
            (@"the outlet is stopped, or its inbox of (\d+) is full", "المنفذ متوقف أو امتلأ طابوره الذي يتسع لـ {1}"),
            ("silent test", "فحص صامت"), ("again", "قالتها من جديد"), ("the duration is over", "انتهت المدة"), ("expired", "انتهت الصلاحية"),
            ($"not newer than ({Id})", "ليس أحدث من {1}"), ("no duration", "بلا مدة"), ("a live command", "أمر حقيقي"), ("an exercise command", "أمر تمرين"),
            ("not authenticated", "لم يُتحقق من مصدره"), ("switched off", "أُطفئت"), ("the relay: (.+)", "المرحّل: {1}"),
            ("its discovery message has not come", "لم يعرّف الجهاز بنفسه بعد"), ("the device has withdrawn its discovery message", "سحب الجهاز تعريفه بنفسه"),
            (@"the discovery message is longer than (\d+) bytes", "تعريف الجهاز أطول من {1} بايت"),
            ("the discovery message is not JSON", "تعريف الجهاز ليس بصيغة JSON"), ("the discovery message is not an object", "تعريف الجهاز ليس كائنًا"),
            ("'(.+)' is not the discovery topic of a siren or a switch", "ليس {1} موضعًا تعرّف فيه صافرة أو مفتاح بنفسها"),
            ("several availability topics are not understood", "يقول الجهاز في مواضع عدة إن كان يعمل، وهذا غير مفهوم"),
            ($"({Id}) is missing", "ينقص {1}"), ($"({Id}) is missing: a device that cannot say its state cannot be believed", "ينقص {1}: جهاز لا يقول حالته لا يُصدَّق"),
            ($"({Id}) or ({Id}) is missing: nothing would say that it lives", "ينقص {1} أو {2}: لا شيء يقول إن الجهاز يعمل"),
            ("'(.+)' is not one topic", "ليس {1} عنوانًا واحدًا"),
            ($"({Id}) '(.+)' is not an exercise's: it needs a level '({Id})', or a drill could switch a real device",
                "{1} {2} ليس لتمرين: يلزمه مستوى {3}، وإلا فقد يشغّل تمرينٌ جهازًا حقيقيًا"),
            ($"({Id}) '(.+)' is an exercise's", "{1} {2} لتمرين"),
            ("'(.+)' is not understood: (.+) are, filters and other expressions are not", "{1} غير مفهوم في قالب؛ المفهوم {2} فقط"),
            (@"statements \(\{% … %\}\), comments and unfinished expressions are not understood in a template",
                "الجمل ({% … %}) والتعليقات والعبارات غير المكتملة غير مفهومة في قالب"),
            ($"the device has no ({Id}): it cannot be tested in silence", "ليس للجهاز {1}: لا يمكن فحصه في صمت"),
            ($"its ({Id}) asks for what a command has not", "يطلب {1} ما ليس في الأمر"),
            ("seen in its sign of life", "ظهر في إشارة الحياة"), ("by the state of the device", "بحسب حالة الجهاز"), ("at start", "عند البدء"),
            ($"({Id}) is in Watch", "{1} في حالة الترقّب"), ($"({Id}) is in Warning", "{1} في حالة الإنذار"),
            ("the threat level is (.+)", "مستوى التهديد {1}"),
            ($"track (\\d+) crossed ({Id}), Inbound", "عبر المسار {1} الحدود {2} إلى الداخل"),
            ($"track (\\d+) crossed ({Id}), Outbound", "عبر المسار {1} الحدود {2} إلى الخارج"),
            ($"delivers ({Number}) s late", "يصل متأخرًا {1} ث"),
            // Incursions
            ($"({Day} {Clock}) \\(90 %: ({Clock}) to ({Clock})\\)", "{1} (90 %: من {2} إلى {3})"),
            ("unknown", "غير معروف"), ("first seen inside", "رُصد أول مرة في الداخل"), ("still inside", "ما زال في الداخل"),
            ("not seen to leave", "لم يُرصد خروجه"), ($"({Number}) min", "{1} دقيقة"), ("alone", "منفرد"),
            ("moves like an aircraft", "يتحرك كطائرة"), ("moves like a helicopter", "يتحرك كمروحية"),
            ("moves like a slow drone", "يتحرك كمسيّرة بطيئة"), ("moves like a cruise type", "يتحرك كجسم من نمط كروز"),
            ("falls freely", "يسقط سقوطًا حرًّا"),
            ($@"(\d+) together: within ({Number}) km and ({Number}) s at the border", "{1} معًا: ضمن {2} كم و{3} ث عند الحدود"),
            ("no region configured", "لم يُحدَّد أي إقليم"), ("no edge of a region passed while seen", "لم يُعبر حدّ إقليم أثناء الرصد"),
            ("no zone", "لا منطقة"), ("not measured", "لم يُقس"), ($"({Number}) to ({Number}) m above the ellipsoid", "من {1} إلى {2} م فوق الإهليلج"),
            ($"course ({Number}°)", "الوجهة {1}"), ("towards the north", "نحو الشمال"), ("towards the north-east", "نحو الشمال الشرقي"),
            ("towards the east", "نحو الشرق"), ("towards the south-east", "نحو الجنوب الشرقي"), ("towards the south", "نحو الجنوب"),
            ("towards the south-west", "نحو الجنوب الغربي"), ("towards the west", "نحو الغرب"), ("towards the north-west", "نحو الشمال الغربي"),
            ($"({Number}°[NS] {Number}°[EW]) \\(one sigma ({Number}) km\\)", "{1} (سيغما واحدة {2} كم)"),
            ($"({Number}) km \\(one sigma ({Number}) km\\) at ({Number}°[NS] {Number}°[EW])", "{1} كم (سيغما واحدة {2} كم) عند {3}"),
            ("no reply seen", "لم يُرصد ردّ"), ("not reported", "لم يُذكر"), ("none seen", "لم يُرصد"),
            ($"last seen at ({Number}) m", "آخر رصد على ارتفاع {1} م"), ("last seen at an unknown height", "آخر رصد على ارتفاع غير معروف"),
            ($"({Number}) m/s", "{1} م/ث"), ("for people to say", "يقوله الأشخاص"), ("authorisations on file", "التصاريح المحفوظة"),
            ("no crossing on record", "لا عبور مسجَّل"), (@"movement of track (\d+)", "حركة المسار {1}"),
        }.Concat(OutletSentences.All).Select(each => (new Regex($"^(?:{each.Item1})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), each.Item2)),
    ];

    static readonly (string English, string Arabic)[] beginnings =
        [("no broker: ", "لا وسيط: "), ("again: ", "من جديد: "), ("false alarm: ", "إنذار كاذب: "), ("raised by ", "رفعه "), ("announced on: ", "أُعلن تشغيله: "), ("the link is down: ", "الاتصال منقطع: "),
        ("turned away: ", "صُرف: "), ("self-reported position ", "الموقع الذي يعلنه بنفسه: "), ("position told by TIS-B ", "الموقع كما يُبثّ للحركة: ")];

    /// <summary>In Arabic, when all of it is known; else null.</summary>
    public static string? InArabic(string english)
    {
        if (Whole(english) is { } whole) return whole;
        foreach ((string begins, string arabic) in beginnings)
            if (english.StartsWith(begins, StringComparison.Ordinal))
                return arabic + (InArabic(english[begins.Length..]) ?? Paper.Own(english[begins.Length..]));
        // What each path to a siren says.
        if (Named().Match(english) is { Success: true } path && InArabic(path.Groups["said"].Value) is { } said)
            return $"{Paper.Ltr(path.Groups["path"].Value)}: {said}";
        return Parts(english, "; ", "؛ ") ?? Parts(english, ", ", "، ");
    }

    [GeneratedRegex(@"^(?<path>[\w.-]+): (?<said>[^;]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    static string? Parts(string english, string between, string arabicBetween)
    {
        string[] parts = english.Split(between);
        if (parts.Length < 2) return null;
        StringBuilder said = new();
        bool numbers = false; // "track 9, 10": a number after a track is one more.
        foreach (string part in parts)
        {
            string? told = between == "; " ? InArabic(part) : Whole(part) ?? (numbers && part.All(char.IsAsciiDigit) ? Paper.Ltr(part) : null);
            if (told is null) return null;
            numbers = part.Contains("track ", StringComparison.Ordinal) || (numbers && part.All(char.IsAsciiDigit));
            said.Append(said.Length > 0 ? arabicBetween : "").Append(told);
        }

        return said.ToString();
    }

    static string? Whole(string english)
    {
        foreach ((Regex sentence, string arabic) in sentences)
            if (sentence.Match(english) is { Success: true } found)
                return Enumerable.Range(1, found.Groups.Count - 1).Aggregate(arabic,
                    (said, i) => said.Replace($"{{{i}}}", Listed(found.Groups[i].Value), StringComparison.Ordinal));
        return null;
    }

    /// <summary>"9 10" is a list; all else keeps its own order.</summary>
    static string Listed(string value) => value.Contains(' ', StringComparison.Ordinal) && value.All(c => char.IsAsciiDigit(c) || c == ' ')
        ? string.Join("، ", value.Split(' ').Select(Paper.Ltr)) : Paper.Ltr(value);
}

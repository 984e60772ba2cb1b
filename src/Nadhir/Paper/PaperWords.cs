using System.Collections.Frozen;
using System.Globalization;

namespace Nadhir.Paper;

/// <summary>The fixed words of printed pages in both languages; a word without a translation stands as it is.</summary>
static class PaperWords
{
    static readonly FrozenDictionary<string, string> arabic = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Dossier"] = "ملف الواقعة", ["Situation brief"] = "موجز الموقف", ["Incident"] = "الواقعة", ["Title"] = "العنوان", ["Zone"] = "المنطقة",
        ["Opened"] = "فُتحت", ["Record"] = "السجل", ["Profile"] = "النسخة", ["Withheld"] = "محجوب", ["withheld"] = "محجوب", ["nothing"] = "لا شيء",
        ["Period"] = "المدة", ["Root of the journal"] = "جذر السجل", ["Software"] = "البرنامج", ["Map"] = "الخريطة", ["Tracks"] = "المسارات",
        ["Track"] = "المسار", ["First seen"] = "أول رصد", ["Dropped"] = "انتهى", ["Identity"] = "الهوية", ["Measurements"] = "القياسات",
        ["Border crossings"] = "عبور الحدود", ["Time"] = "الوقت", ["Border"] = "الحدود", ["Direction"] = "الاتجاه", ["Probability"] = "الاحتمال",
        ["Interval 5–95 %"] = "المجال 5–95 %", ["Alerts"] = "الإنذارات", ["State"] = "الحالة", ["Reason"] = "السبب", ["By"] = "من قِبل",
        ["Messages to the public"] = "رسائل الجمهور", ["Message"] = "الرسالة", ["Outlet"] = "القناة", ["Confirmed"] = "مؤكَّد", ["Sirens"] = "صافرات الإنذار",
        ["Siren"] = "الصافرة", ["What"] = "ماذا", ["Phases, measures, readiness"] = "المراحل والتدابير والجاهزية", ["Site"] = "الموقع",
        ["Phase or measure"] = "المرحلة أو التدبير", ["Reported when"] = "وقت الإبلاغ", ["Confidence"] = "الثقة", ["Directives"] = "التوجيهات",
        ["To"] = "إلى", ["Content"] = "المضمون", ["not reported"] = "لم يُذكر", ["Attribution"] = "النسبة", ["Claims"] = "الأقوال", ["Claim"] = "القول",
        ["Killed"] = "قتلى", ["Injured"] = "جرحى", ["Words"] = "النص", ["Statements"] = "البيانات", ["Speaker"] = "المتحدث",
        ["Observations and events"] = "المشاهدات والأحداث", ["Documents"] = "الوثائق", ["On file: mandates and authorisations"] = "المحفوظ لدينا: التفويضات والتصاريح",
        ["Fact"] = "الواقع", ["Mandate"] = "التفويض", ["Evidence"] = "الدليل", ["Coverage lost or regained"] = "فقدان التغطية وعودتها", ["Entry"] = "القيد",
        ["Detail"] = "التفصيل", ["How to check this dossier"] = "كيف يُتحقق من هذا الملف", ["Kind"] = "النوع", ["Grading"] = "التقدير",
        ["nothing on record"] = "لا شيء في السجل", ["Moment"] = "اللحظة", ["Since"] = "منذ", ["Arrival"] = "الوصول", ["Readiness"] = "الجاهزية",
        ["System"] = "النظام", ["Incidents"] = "الوقائع", ["Open directives"] = "توجيهات مفتوحة", ["Deadline"] = "المهلة", ["Phases and measures"] = "المراحل والتدابير",
        ["rows withheld"] = "صفوف محجوبة", ["Speed m/s"] = "السرعة م/ث", ["Course"] = "الوجهة", ["Height m"] = "الارتفاع م", ["Position"] = "الموضع",
        ["Lost coverage"] = "تغطية مفقودة", ["Sensor"] = "المستشعر", ["Low"] = "المنخفض غير مرئي", ["Partial"] = "جزئية", ["Lost"] = "مفقود", ["Off"] = "متوقف",
        ["Watch"] = "ترقّب", ["Warning"] = "إنذار", ["AllClear"] = "زوال الخطر", ["Closed"] = "مغلق", ["Correction"] = "تصحيح",
        ["Sound"] = "إطلاق", ["Silence"] = "إسكات", ["Sent"] = "أُرسل", ["Acknowledged"] = "أُقرّ بالاستلام", ["Sounding"] = "تُطلق الصوت",
        ["Silent"] = "صامتة", ["Refused"] = "مرفوض", ["Failed"] = "لم ينجح", ["Ordered"] = "مأمور به", ["UnderWay"] = "قيد التنفيذ",
        ["Done"] = "أُنجز", ["Checked"] = "فُحص", ["Reported"] = "أُبلغ عنه", ["Ended"] = "انتهى العمل به", ["Active"] = "عامل",
        ["Standby"] = "على أهبة", ["Inactive"] = "غير عامل", ["Unknown"] = "غير معروف", ["Delivered"] = "سُلّم", ["NotPossible"] = "متعذّر",
        ["Overdue"] = "متأخر", ["Working"] = "يعمل",
        ["Inbound"] = "إلى الداخل", ["Outbound"] = "إلى الخارج", ["NonCooperative"] = "غير معرِّف بنفسه", ["Cooperative"] = "معرِّف بنفسه، بلا تصريح محفوظ", ["Authorised"] = "مصرَّح له",
        ["alert.raise"] = "رفعه شخص", ["alert.acknowledge"] = "اطُّلع عليه", ["alert.release"] = "أُطلق", ["alert.releaseRequested"] = "طُلب إطلاقه",
        ["alert.escalated"] = "استُدعي الشخص التالي", ["alert.allClearProposed"] = "زوال الخطر مقترح", ["alert.allClear"] = "أُعلن زوال الخطر",
        ["alert.correct"] = "صُحّح", ["NotSeen"] = "لم يظهر بعد", ["Expired"] = "انتهت صلاحيته", ["warning"] = "نغمة الإنذار",
        ["court"] = "للمحكمة", ["partner"] = "للشريك", ["public"] = "للجمهور", ["restricted"] = "المقيَّد", ["sources"] = "المصادر",
        ["people"] = "الأشخاص", ["directives"] = "التوجيهات", ["sensors"] = "المستشعرات", ["sirens"] = "الصافرات", ["configuration"] = "التهيئة",
        ["casualty"] = "ضحايا", ["event"] = "حدث", ["activity"] = "نشاط", ["measure"] = "إجراء", ["threat_perception"] = "توجّس من تهديد",
        ["intent"] = "نيّة", ["means"] = "وسيلة", ["attribution"] = "نسبة إلى جهة", ["assessment"] = "تقدير", ["responsibility"] = "مسؤولية",
        ["legal_basis"] = "أساس قانوني", ["legal_assessment"] = "تقدير قانوني", ["context"] = "سياق", ["statement"] = "تصريح",
        ["Flights across the border, as states report them"] = "تحليقات عبر الحدود كما تبلّغ عنها الدول", ["Item"] = "البند", ["Value"] = "القيمة",
        ["Source"] = "المصدر", ["Added by people"] = "أضافه الأشخاص", ["Published"] = "النشر",
        ["Inside"] = "في الداخل", ["Left"] = "غادر", ["LostInside"] = "فُقد أثره في الداخل",
        ["Date"] = "التاريخ", ["TimeIn"] = "وقت الدخول", ["TimeOut"] = "وقت الخروج", ["Duration"] = "المدة", ["Aircraft"] = "عدد الطائرات",
        ["Type"] = "النوع", ["Formation"] = "التشكيل", ["NationalAirspace"] = "المجال الجوي الوطني",
        ["FlightInformationRegion"] = "إقليم معلومات الطيران", ["AreaOverflown"] = "المنطقة المحلَّق فوقها", ["Altitude"] = "الارتفاع",
        ["EntryDirection"] = "اتجاه الدخول", ["EntryPoint"] = "نقطة الدخول", ["ExitDirection"] = "اتجاه الخروج", ["ExitPoint"] = "نقطة الخروج",
        ["Depth"] = "أبعد مسافة في الداخل", ["Transponder"] = "الجهاز المجيب", ["FlightPlan"] = "خطة الطيران",
        ["RadioContact"] = "الاتصال اللاسلكي", ["Landing"] = "الهبوط", ["true"] = "نعم", ["false"] = "لا",
        ["Directive"] = "التوجيه", ["Statement"] = "البيان",
        ["The system states what was recorded and what it computed, with its probability. It holds no verdict."] =
            "يذكر النظام ما سُجّل وما حسبه باحتماله، ولا يصدر حكماً.",
        ["Every file, field and journal entry is covered by one signature: nadhir verify, or verify_dossier.py, checks it without the system."] =
            "كل ملف وحقل وقيد مشمول بتوقيع واحد، ويُتحقق منه دون النظام.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words of the record's own that are no words for a reader, in English.</summary>
    static readonly FrozenDictionary<string, string> english = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alert.raise"] = "raised by a person", ["alert.acknowledge"] = "acknowledged", ["alert.release"] = "released",
        ["alert.releaseRequested"] = "release asked for", ["alert.escalated"] = "next person called",
        ["alert.allClearProposed"] = "all-clear proposed", ["alert.allClear"] = "all-clear given", ["alert.correct"] = "corrected",
        ["AllClear"] = "All-clear", ["UnderWay"] = "Under way", ["NotPossible"] = "Not possible", ["NotSeen"] = "Not seen yet",
        ["NonCooperative"] = "Says nothing of itself", ["Cooperative"] = "Says who it is, nothing on file",
        ["threat_perception"] = "threat perception", ["legal_basis"] = "legal basis", ["legal_assessment"] = "legal assessment",
        ["TimeIn"] = "Time in", ["TimeOut"] = "Time out", ["Aircraft"] = "Number of aircraft", ["NationalAirspace"] = "National airspace",
        ["FlightInformationRegion"] = "Flight information region", ["AreaOverflown"] = "Area overflown", ["EntryDirection"] = "Entry direction",
        ["EntryPoint"] = "Entry point", ["ExitDirection"] = "Exit direction", ["ExitPoint"] = "Exit point", ["Depth"] = "Deepest distance inside",
        ["FlightPlan"] = "Flight plan", ["RadioContact"] = "Radio contact", ["LostInside"] = "Lost from sight inside",
        ["true"] = "yes", ["false"] = "no",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string In(string language, string word) =>
        (language == "ar" ? arabic : english).TryGetValue(word, out string? said) ? said : word;

    /// <summary>What the engine wrote, in the language of the page; what people wrote stays as it is.</summary>
    public static string Said(string language, string words) =>
        (language == "ar" ? EngineWords.InArabic(words) : null) ?? Paper.Own(words);

    /// <summary>What a phase, a measure or a threat level is called in the language; by itself when it has no name there.</summary>
    public static string Called(WatchConfiguration configuration, string site, string name, string language) =>
        configuration.Sites.FirstOrDefault(each => each.Id == site) is { } known
        && configuration.LadderOf(known).Names is { } names && names.TryGetValue(name, out var languages)
        && languages.TryGetValue(language, out string? called) ? called : name;

    /// <summary>Between the parts of a list.</summary>
    public static string Comma(string language) => language == "ar" ? "، " : ", ";

    /// <summary>From one moment to another.</summary>
    public static string Interval(string language, string from, string to) => language == "ar" ? $"من {from} إلى {to}" : $"{from} – {to}";

    /// <summary>A figure that never says more than is known: what is not quite certain does not read as certain.</summary>
    public static string Probability(string language, double value, int digits)
    {
        double step = Math.Pow(10, -digits), rounded = Math.Round(value, digits);
        (string less, string more) = language == "ar" ? ("أقل من ", "أكثر من ") : ("under ", "over ");
        return value < 1 && rounded >= 1 ? more + Figure(1 - step) : value > 0 && rounded <= 0 ? less + Figure(step) : Figure(rounded);

        string Figure(double figure) => Paper.Ltr(Math.Round(figure, digits).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>UTC, whole seconds; in Latin digits, left to right in either language.</summary>
    public static string Time(DateTimeOffset time) =>
        Paper.Ltr(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z");

    public static string Time(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) ? Time(read) : time;
}

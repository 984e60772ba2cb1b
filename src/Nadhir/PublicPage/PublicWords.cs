using System.Collections.Immutable;

namespace Nadhir.PublicPage;

/// <summary>
/// The words of the public's page around the messages themselves, in one language. Blanks are in braces. The compiler
/// holds both languages complete; a test holds their blanks and letters.
/// </summary>
sealed record PublicWords
{
    public required string Language { get; init; }
    public required string Direction { get; init; }
    /// <summary>The other language, in its own words.</summary>
    public required string OtherLanguage { get; init; }
    public required string Title { get; init; }
    public required string Exercise { get; init; }
    public required string None { get; init; }
    public required string Watch { get; init; }
    public required string Warning { get; init; }
    public required string AllClear { get; init; }
    public required string Correction { get; init; }
    public required string Part { get; init; }
    public required string Unknown { get; init; }
    public required string NoneHeadline { get; init; }
    public required string NoneAdvice { get; init; }
    public required string PartHeadline { get; init; }
    public required string UnknownHeadline { get; init; }
    public required string UnknownAdvice { get; init; }
    public required string LastKnown { get; init; }
    public required string Lost { get; init; }
    public required string LostDetail { get; init; }
    public required string Stale { get; init; }
    public required string Cached { get; init; }
    public required string NotUpdating { get; init; }
    public required string Reload { get; init; }
    public required string AsOf { get; init; }
    public required string Arrival { get; init; }
    public required string ArrivedMaybe { get; init; }
    public required string Distance { get; init; }
    public required string Kilometres { get; init; }
    public required string Shelter { get; init; }
    public required string Seconds { get; init; }
    public required string Since { get; init; }
    public required string HoldsFrom { get; init; }
    public required string LiesIn { get; init; }
    public required string Within { get; init; }
    public required string Blind { get; init; }
    public required string Thinned { get; init; }
    public required string Unwatched { get; init; }
    public required string AllZones { get; init; }
    public required string Search { get; init; }
    public required string Find { get; init; }
    public required string Nothing { get; init; }
    public required string More { get; init; }
    public required string WhereAmI { get; init; }
    public required string Locating { get; init; }
    public required string NoPlace { get; init; }
    public required string InNoZone { get; init; }
    public required string YouAreIn { get; init; }
    public required string StaysHere { get; init; }
    public required string TellMe { get; init; }
    public required string TellMeNot { get; init; }
    public required string Told { get; init; }
    public required string NotTold { get; init; }
    public required string NotFound { get; init; }

    public static PublicWords English { get; } = new()
    {
        Language = "en",
        Direction = "ltr",
        OtherLanguage = "العربية",
        Title = "Air threat alerts",
        Exercise = "EXERCISE – THIS IS NOT REAL",
        None = "NO ALERT",
        Watch = "PREPARE",
        Warning = "TAKE SHELTER",
        AllClear = "ALL CLEAR",
        Correction = "FALSE ALARM",
        Part = "ALERT IN PART OF THIS AREA",
        Unknown = "NOT KNOWN",
        NoneHeadline = "No alert is known for {zone}",
        NoneAdvice = "Heed sirens and official channels even when this page shows no alert.",
        PartHeadline = "Look at the place where you are:",
        UnknownHeadline = "The state of {zone} is not known",
        UnknownAdvice = "This phone has no news. Heed sirens, radio and official channels.",
        LastKnown = "Last known: {state}",
        Lost = "NO CONNECTION",
        LostDetail = "What you see was known {age} ago. Alerts may exist that are not shown.",
        Stale = "The connection stands, but nothing new has been known for {age}.",
        Cached = "What you see was kept at {time} and may no longer hold.",
        NotUpdating = "This page does not update by itself.",
        Reload = "Load it again",
        AsOf = "As known at {time}",
        Arrival = "May arrive in (minutes:seconds)",
        ArrivedMaybe = "may have arrived",
        Distance = "Nearest object",
        Kilometres = "about {count} km away",
        Shelter = "Time to reach shelter",
        Seconds = "{count} s",
        Since = "Since",
        HoldsFrom = "This alert is for {zone} and holds here too.",
        LiesIn = "in {zones}",
        Within = "Alerts within this area",
        Blind = "The sensors that watch over this area are not heard now: no alert does not mean no danger.",
        Thinned = "Some sensors that watch over this area are not heard now.",
        Unwatched = "No sensor watches over this area.",
        AllZones = "All areas",
        Search = "Name of your area",
        Find = "Search",
        Nothing = "No area has this name.",
        More = "{count} more: type more of the name.",
        WhereAmI = "Find the area where I am",
        Locating = "Looking where you are…",
        NoPlace = "Your position is not known. Search for the name instead.",
        InNoZone = "You are in none of these areas.",
        YouAreIn = "You are in:",
        StaysHere = "Your position stays on this phone.",
        TellMe = "Tell this phone of alerts",
        TellMeNot = "Tell this phone no more",
        Told = "This phone will be told of alerts here, as well as its push service can.",
        NotTold = "That did not work. Keep this page open, and heed sirens.",
        NotFound = "There is no such area.",
    };

    public static PublicWords Arabic { get; } = new()
    {
        Language = "ar",
        Direction = "rtl",
        OtherLanguage = "English",
        Title = "تنبيهات التهديد الجوي",
        Exercise = "تمرين – هذا ليس حقيقيًا",
        None = "لا يوجد تنبيه",
        Watch = "استعدّوا",
        Warning = "إلى الملجأ",
        AllClear = "زوال الخطر",
        Correction = "إنذار كاذب",
        Part = "تنبيه في جزء من هذه المنطقة",
        Unknown = "الحالة غير معروفة",
        NoneHeadline = "لا يُعرف أي تنبيه في {zone}",
        NoneAdvice = "انتبهوا إلى الصافرات والقنوات الرسمية حتى إن لم تُظهر هذه الصفحة تنبيهًا.",
        PartHeadline = "اختاروا المكان الذي أنتم فيه:",
        UnknownHeadline = "حالة {zone} غير معروفة",
        UnknownAdvice = "لا تصل أخبار إلى هذا الهاتف. انتبهوا إلى الصافرات والمذياع والقنوات الرسمية.",
        LastKnown = "آخر ما عُرف: {state}",
        Lost = "لا يوجد اتصال",
        LostDetail = "ما ترونه عُرف قبل {age}. قد توجد تنبيهات لا تظهر هنا.",
        Stale = "الاتصال قائم، لكن لم يُعرف شيء جديد منذ {age}.",
        Cached = "ما ترونه محفوظ منذ الساعة {time} وقد لا يكون صحيحًا الآن.",
        NotUpdating = "هذه الصفحة لا تتجدد تلقائيًا.",
        Reload = "تحميلها من جديد",
        AsOf = "كما عُرف في الساعة {time}",
        Arrival = "احتمال الوصول خلال (دقائق:ثوانٍ)",
        ArrivedMaybe = "ربما وصل",
        Distance = "أقرب جسم",
        Kilometres = "على بعد نحو {count} كم",
        Shelter = "الوقت اللازم لبلوغ الملجأ",
        Seconds = "{count} ث",
        Since = "منذ",
        HoldsFrom = "هذا التنبيه يخص {zone} ويسري هنا أيضًا.",
        LiesIn = "ضمن {zones}",
        Within = "تنبيهات داخل هذه المنطقة",
        Blind = "أجهزة الرصد التي تراقب هذه المنطقة لا تجيب الآن: غياب التنبيه لا يعني غياب الخطر.",
        Thinned = "بعض أجهزة الرصد التي تراقب هذه المنطقة لا تجيب الآن.",
        Unwatched = "لا يراقب أي جهاز رصد هذه المنطقة.",
        AllZones = "كل المناطق",
        Search = "اسم منطقتكم",
        Find = "بحث",
        Nothing = "لا توجد منطقة بهذا الاسم.",
        More = "وهناك {count} غيرها: اكتبوا المزيد من الاسم.",
        WhereAmI = "ابحث عن المنطقة التي أنا فيها",
        Locating = "جارٍ تحديد مكانكم…",
        NoPlace = "مكانكم غير معروف. ابحثوا عن الاسم بدلًا من ذلك.",
        InNoZone = "أنتم خارج هذه المناطق.",
        YouAreIn = "أنتم في:",
        StaysHere = "مكانكم لا يغادر هذا الهاتف.",
        TellMe = "نبّه هذا الهاتف",
        TellMeNot = "أوقف تنبيه هذا الهاتف",
        Told = "سيُنبَّه هذا الهاتف هنا بقدر ما تسمح به خدمة الإشعارات.",
        NotTold = "لم ينجح ذلك. أبقوا هذه الصفحة مفتوحة وانتبهوا إلى الصافرات.",
        NotFound = "لا توجد منطقة كهذه.",
    };

    public static PublicWords Of(string language) => language == "ar" ? Arabic : English;

    public string Say(PublicState state) => state switch
    {
        PublicState.None => None,
        PublicState.Watch => Watch,
        PublicState.Warning => Warning,
        PublicState.AllClear => AllClear,
        PublicState.Correction => Correction,
        _ => throw new InvariantBrokenException($"no words for {state}"),
    };

    /// <summary>ISO 22324 asks that colour never speaks alone.</summary>
    public static string Shape(PublicState state) => state switch
    {
        PublicState.Warning => "▲",
        PublicState.Watch => "◆",
        PublicState.AllClear => "●",
        PublicState.Correction => "■",
        _ => "○",
    };

    /// <summary>What the page's script needs to say by itself.</summary>
    public Dictionary<string, string> ForScript() => new(StringComparer.Ordinal)
    {
        ["None"] = None, ["Watch"] = Watch, ["Warning"] = Warning, ["AllClear"] = AllClear, ["Correction"] = Correction,
        ["exercise"] = Exercise, ["Part"] = Part, ["Unknown"] = Unknown, ["noneHeadline"] = NoneHeadline, ["noneAdvice"] = NoneAdvice,
        ["partHeadline"] = PartHeadline, ["unknownHeadline"] = UnknownHeadline, ["unknownAdvice"] = UnknownAdvice,
        ["lastKnown"] = LastKnown, ["lost"] = Lost, ["lostDetail"] = LostDetail, ["stale"] = Stale, ["cached"] = Cached,
        ["asOf"] = AsOf, ["arrivedMaybe"] = ArrivedMaybe, ["kilometres"] = Kilometres, ["holdsFrom"] = HoldsFrom,
        ["Blind"] = Blind, ["Thinned"] = Thinned, ["Unwatched"] = Unwatched, ["locating"] = Locating,
        ["noPlace"] = NoPlace, ["inNoZone"] = InNoZone, ["youAreIn"] = YouAreIn, ["tellMe"] = TellMe,
        ["tellMeNot"] = TellMeNot, ["told"] = Told, ["notTold"] = NotTold,
    };
}

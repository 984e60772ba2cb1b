namespace Nadhir.Warning;

/// <summary>What the words of a message are made from.</summary>
/// <param name="Arrival">Clock times as people read them, the first and the last minute; none when not known.</param>
/// <param name="Kept">Until when it holds at least, as people read it; none when nobody has said.</param>
readonly record struct MessageFacts(
    Zone Zone, AlertState State, ThreatKind Kind, (string From, string To)? Arrival, Advice Advice, string? Kept);

/// <summary>The messages in English.</summary>
static class EnglishWords
{
    public const string Exercise = "EXERCISE EXERCISE EXERCISE";

    public static MessageText Say(MessageFacts facts)
    {
        string zone = facts.Zone.Names.GetValueOrDefault("en") ?? facts.Zone.Name;
        string what = facts.Kind switch
        {
            ThreatKind.Aircraft => "An aircraft that has not been identified",
            ThreatKind.LowSlow => "A low and slow flying object",
            ThreatKind.CruiseType => "A low and fast flying object",
            ThreatKind.Ballistic => "An object on a ballistic path",
            _ => "An air threat of a kind not yet known",
        };
        return facts.State switch
        {
            AlertState.Watch => new("en", "Air threat watch", $"Air threat watch for {zone}: prepare to take shelter",
                facts.Kind == ThreatKind.Unknown
                    ? $"An air threat to {zone} cannot be ruled out.{Kept(facts)}"
                    : $"{what} may reach {zone}{When(facts.Arrival)}.{Kept(facts)}",
                $"Stay near shelter and be ready to go. If a warning follows, you have {Seconds(facts)} to reach "
                + $"shelter. Follow official channels.{Say(facts.Advice)}"),
            AlertState.Warning => new("en", "Air threat warning", $"Air threat warning for {zone}: take shelter now",
                $"{what} is likely to reach {zone}{When(facts.Arrival)}.{Kept(facts)}",
                $"Take shelter now. You have {Seconds(facts)} to reach shelter. If there is no shelter, go to an inner "
                + "room away from windows. If you are outside, lie down and protect your head. Stay until the all-clear."
                + Say(facts.Advice)),
            AlertState.AllClear => new("en", "Air threat all-clear", $"All-clear for {zone}",
                $"The air threat to {zone} has passed.",
                "You may leave shelter. Do not touch debris or unknown objects; report them to the emergency services."),
            AlertState.Closed => new("en", "Air threat alert closed", $"Air threat alert for {zone} is closed",
                $"The air threat alert for {zone} has ended.", "No action is needed."),
            AlertState.Correction => new("en", "Air threat correction", $"Correction for {zone}: there is no air threat",
                $"The earlier air threat alert for {zone} was issued in error and is cancelled.",
                "You may leave shelter. Disregard the earlier alert."),
            _ => throw new InvariantBrokenException($"no words for {facts.State}"),
        };
    }

    static string Kept(MessageFacts facts) =>
        facts.Kept is { } until ? $" This holds until {until} local time at least, and on until the all-clear." : "";

    static string Say(Advice advice) => advice switch
    {
        Advice.None => "",
        Advice.StayInside => " More may follow: do not go outside in between.",
        Advice.AwayFromWindows => " Keep away from windows and outer walls.",
        Advice.FallingDebris => " Debris may fall: do not go near it and do not touch it.",
        Advice.ClearRoads => " Keep roads clear for the emergency services.",
        Advice.OfficialWordOnly => " Trust official channels only, and do not pass on what you cannot verify.",
        _ => throw new InvariantBrokenException($"no words for {advice}"),
    };

    static string When((string From, string To)? arrival) => arrival switch
    {
        null => "",
        (string from, string to) when from == to => $" at about {from} local time",
        (string from, string to) => $" between {from} and {to} local time",
    };

    static string Seconds(MessageFacts facts) => facts.Zone.SecondsToShelter switch
    {
        <= 0 => "no time to lose",
        1 => "1 second",
        int seconds => $"{seconds} seconds",
    };
}

/// <summary>The messages in Arabic; times and counts in Latin digits.</summary>
static class ArabicWords
{
    public const string Exercise = "تمرين تمرين تمرين";

    public static MessageText Say(MessageFacts facts)
    {
        string zone = facts.Zone.Names.GetValueOrDefault("ar") ?? facts.Zone.Name;
        string what = facts.Kind switch
        {
            ThreatKind.Aircraft => "طائرة غير محددة الهوية",
            ThreatKind.LowSlow => "جسم طائر منخفض وبطيء",
            ThreatKind.CruiseType => "جسم طائر منخفض وسريع",
            ThreatKind.Ballistic => "جسم على مسار باليستي",
            _ => "تهديد جوي لم يُعرف نوعه بعد",
        };
        return facts.State switch
        {
            AlertState.Watch => new("ar", "ترقّب تهديد جوي", $"ترقّب تهديد جوي في {zone}: استعدوا للاحتماء",
                facts.Kind == ThreatKind.Unknown
                    ? $"لا يمكن استبعاد تهديد جوي على {zone}.{Kept(facts)}"
                    : $"احتمال وصول {what} إلى {zone}{When(facts.Arrival)}.{Kept(facts)}",
                $"ابقوا قرب الملجأ وكونوا مستعدين. عند صدور الإنذار {Seconds(facts)}. تابعوا القنوات الرسمية.{Say(facts.Advice)}"),
            AlertState.Warning => new("ar", "إنذار من تهديد جوي", $"إنذار من تهديد جوي في {zone}: احتموا الآن",
                $"من المرجّح وصول {what} إلى {zone}{When(facts.Arrival)}.{Kept(facts)}",
                $"احتموا الآن. {Seconds(facts)}. إن لم يوجد ملجأ فادخلوا غرفة داخلية بعيدة عن النوافذ. "
                + "إن كنتم في الخارج فانبطحوا واحموا رؤوسكم. ابقوا في مكانكم حتى إعلان زوال الخطر."
                + Say(facts.Advice)),
            AlertState.AllClear => new("ar", "زوال التهديد الجوي", $"زوال الخطر في {zone}",
                $"انتهى التهديد الجوي على {zone}.",
                "يمكنكم مغادرة الملجأ. لا تلمسوا الحطام أو الأجسام المجهولة، وأبلغوا خدمات الطوارئ عنها."),
            AlertState.Closed => new("ar", "إغلاق التنبيه الجوي", $"أُغلق التنبيه من التهديد الجوي في {zone}",
                $"انتهى التنبيه من التهديد الجوي في {zone}.", "لا يلزم أي إجراء."),
            AlertState.Correction => new("ar", "تصحيح بشأن تهديد جوي", $"تصحيح لسكان {zone}: لا يوجد تهديد جوي",
                $"صدر التنبيه السابق من التهديد الجوي في {zone} عن طريق الخطأ وقد أُلغي.",
                "يمكنكم مغادرة الملجأ. لا تأخذوا بالتنبيه السابق."),
            _ => throw new InvariantBrokenException($"no words for {facts.State}"),
        };
    }

    static string Kept(MessageFacts facts) =>
        facts.Kept is { } until ? $" يسري هذا حتى الساعة {until} بالتوقيت المحلي على الأقل، ويستمر إلى إعلان زوال الخطر." : "";

    static string Say(Advice advice) => advice switch
    {
        Advice.None => "",
        Advice.StayInside => " قد يتبع ذلك المزيد: لا تخرجوا في هذه الأثناء.",
        Advice.AwayFromWindows => " ابتعدوا عن النوافذ والجدران الخارجية.",
        Advice.FallingDebris => " قد يسقط حطام: لا تقتربوا منه ولا تلمسوه.",
        Advice.ClearRoads => " أبقوا الطرق خالية لخدمات الطوارئ.",
        Advice.OfficialWordOnly => " ثقوا بالقنوات الرسمية وحدها، ولا تنقلوا ما لا يمكنكم التحقق منه.",
        _ => throw new InvariantBrokenException($"no words for {advice}"),
    };

    static string When((string From, string To)? arrival) => arrival switch
    {
        null => "",
        (string from, string to) when from == to => $" في نحو الساعة {from} بالتوقيت المحلي",
        (string from, string to) => $" بين الساعة {from} والساعة {to} بالتوقيت المحلي",
    };

    /// <summary>Counted nouns agree with the number: 1, 2, 3–10, and the rest (Unicode CLDR plural rules, ar).</summary>
    static string Seconds(MessageFacts facts) => facts.Zone.SecondsToShelter switch
    {
        <= 0 => "لا وقت للتأخر في الوصول إلى الملجأ",
        1 => "لديكم ثانية واحدة للوصول إلى الملجأ",
        2 => "لديكم ثانيتان للوصول إلى الملجأ",
        int seconds when seconds % 100 is >= 3 and <= 10 => $"لديكم {seconds} ثوانٍ للوصول إلى الملجأ",
        int seconds => $"لديكم {seconds} ثانية للوصول إلى الملجأ",
    };
}

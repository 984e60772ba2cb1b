using CsCheck;
using Nadhir.Ingest;

namespace Nadhir.Tests.Ingest;

/// <summary>Invented Arabic reports of invented places: who says what, when, where and how many; and what must not be attributed.</summary>
public sealed class ArabicReportsTests
{
    const string Harbour = """
        مرفأ النورس – 14 آذار/مارس 2025

        قال المتحدث باسم بلدية مرفأ النورس، سامر الحلواني، في بيان صباح الجمعة، إن طائرة مسيّرة عبرت النهر فجر الخميس وإن أربعة أشخاص قُتلوا وأصيب سبعة آخرون في قرية السنديان.

        وأضاف أن الطريق الساحلي سيبقى مغلقاً يومين، مشيراً إلى أن ستة منازل أُخليت قرب جسر الميناء.

        ونقلت إذاعة الموج عن مصدر أمني قوله إن صافرات الإنذار أُطلقت مساء أمس في ناحية التلال. وأوضح المصدر أن ١٢ شخصاً نُقلوا إلى المستشفى.

        من جهتها، أعلنت وزارة النقل أن الميناء لم يتضرر، فيما نفت قيادة خفر السواحل أن تكون أي سفينة قد غرقت.

        «سمعنا انفجارين ثم انقطع الضوء عن الحي كله»، قالت المعلمة هدى الرمال.
        """;

    const string Market = """
        بحسب مدير مستشفى الواحة، وصل خمسة وعشرون جريحاً ليل الأحد إلى قسم الطوارئ.

        وقال شاهد عيان إن الحريق بدأ من جهة السوق، لكن مدير الدفاع المدني أكد أن السبب لم يُعرف بعد. وأكد أن فرقه أنقذت تسعة عمال.

        مصدر في المحافظة: مقتل شخصين وإصابة ثلاثة بجروح

        سقط صاروخان شمال مدينة الواحة يوم 3 نيسان، وفق ما ذكرت وكالة الأفق.

        وذكرت مصادر محلية لقناة الأفق أن الجسر أُغلق. وأضافت أن حركة القطارات توقفت.
        """;

    const string Village = """
        أفادت مصادر طبية بمقتل خمسة أشخاص في ناحية التلال. وأضافت أن بينهم ممرضة.

        أعلنت شرطة الميناء إصابة ثلاثة عمال، وأعلن محافظ الواحة إخلاء حي السنديان.

        وقال محمود سالم، وهو مزارع من القرية، إن الطائرة حلقت فوق منزله. «كانت منخفضة جداً». وتابع سالم: «اختبأنا في القبو».

        وقالت وزارة النقل إن المتحدث باسم الجيش أكد أن الجسر سليم.
        """;

    [Theory]
    [InlineData(Harbour, "طائرة مسيّرة", "المتحدث باسم بلدية مرفأ النورس، سامر الحلواني")]
    [InlineData(Harbour, "أربعة أشخاص قُتلوا", "المتحدث باسم بلدية مرفأ النورس، سامر الحلواني")]
    [InlineData(Harbour, "الطريق الساحلي", "المتحدث باسم بلدية مرفأ النورس، سامر الحلواني")]
    [InlineData(Harbour, "ستة منازل", "المتحدث باسم بلدية مرفأ النورس، سامر الحلواني")]
    [InlineData(Harbour, "صافرات الإنذار", "مصدر أمني (غير مسمّى)")]
    [InlineData(Harbour, "١٢ شخصاً", "مصدر أمني (غير مسمّى)")]
    [InlineData(Harbour, "الميناء لم يتضرر", "وزارة النقل")]
    [InlineData(Harbour, "نفت قيادة خفر السواحل أن تكون", "قيادة خفر السواحل")] // with its denial
    [InlineData(Harbour, "سمعنا انفجارين", "المعلمة هدى الرمال")]
    [InlineData(Market, "خمسة وعشرون جريحاً", "مدير مستشفى الواحة")]
    [InlineData(Market, "الحريق بدأ", "شاهد عيان (غير مسمّى)")]
    [InlineData(Market, "السبب لم يُعرف", "مدير الدفاع المدني")]
    [InlineData(Market, "فرقه أنقذت", "مدير الدفاع المدني")]
    [InlineData(Market, "مقتل شخصين", "مصدر في المحافظة (غير مسمّى)")]
    [InlineData(Market, "سقط صاروخان", "وكالة الأفق")]
    [InlineData(Market, "الجسر أُغلق", "مصادر محلية (غير مسمّى)")]
    [InlineData(Market, "حركة القطارات", "مصادر محلية (غير مسمّى)")]
    [InlineData(Village, "بمقتل خمسة", "مصادر طبية (غير مسمّى)")]
    [InlineData(Village, "بينهم ممرضة", "مصادر طبية (غير مسمّى)")]
    [InlineData(Village, "إصابة ثلاثة عمال", "شرطة الميناء")]
    [InlineData(Village, "إخلاء حي السنديان", "محافظ الواحة")]
    [InlineData(Village, "الطائرة حلقت", "محمود سالم")]
    [InlineData(Village, "كانت منخفضة", "محمود سالم")]
    [InlineData(Village, "اختبأنا", "محمود سالم")]
    [InlineData(Village, "الجسر سليم", "المتحدث باسم الجيش")]
    public void Each_claim_is_attributed_to_the_one_who_makes_it(string report, string words, string by)
    {
        ProposedClaim claim = Assert.Single(ClaimFinder.Read(report).Claims, each => each.Quote.Contains(words, StringComparison.Ordinal));
        Assert.Equal(by, claim.Attribution);
    }

    [Theory]
    [InlineData("لم يؤكد الجيش أن الطائرة سقطت.", "الطائرة سقطت")] // it was not said
    [InlineData("إذا قال المدير إن الجسر سليم فتحنا الطريق.", "الجسر سليم")]
    [InlineData("قال الوزير الذي أكد أن الأمن مستتب إن الحدود مغلقة.", "الحدود مغلقة")] // two verbs, one name
    [InlineData("وكشف المدير عن وجود أضرار. وأضاف أنه ينتظر تقريراً.", "ينتظر تقريراً")] // where his name ends is not told
    [InlineData("قالت وزيرة النقل إن الميناء مفتوح. وأضاف أن السفن عادت.", "السفن عادت")] // he is not she
    [InlineData("قال المتحدث إن الجسر سليم. زار رئيس البلدية المكان وأكد أن العمل مستمر.", "العمل مستمر")] // the mayor, who came
    [InlineData("وأُعلن أن المدارس ستُغلق غداً.", "المدارس")] // it was announced, by nobody named
    [InlineData("وقال في اتصال مع الإذاعة مساء أمس بعد الحادث قائد الفرقة إن الطريق مفتوح.", "الطريق مفتوح")]
    public void What_nobody_can_be_named_for_stays_the_reports_own(string report, string words)
    {
        ProposedClaim claim = Assert.Single(ClaimFinder.Read(report).Claims, each => each.Quote.Contains(words, StringComparison.Ordinal));
        Assert.Equal("report", claim.Attribution);
    }

    [Theory]
    [InlineData("قال المتحدث إن الجسر سليم. وصلت فرق الإنقاذ إلى المكان. وأكد أن العمل مستمر.", "العمل مستمر")]
    [InlineData("قال المتحدث إن المدير زار الجسر وأكد أن العمل مستمر.", "العمل مستمر")]
    public void Where_another_may_be_meant_the_doubt_is_said(string report, string words) => Assert.NotNull(Of(report, words).Doubt);

    [Fact]
    public void Through_whom_it_was_told_stands_in_the_chain()
    {
        Assert.Equal(["paper", "إذاعة الموج", "مصدر أمني (غير مسمّى)"], Of(Harbour, "صافرات الإنذار").Chain);
        Assert.Equal(["paper", "وزارة النقل", "المتحدث باسم الجيش"], Of(Village, "الجسر سليم").Chain);
    }

    [Theory]
    [InlineData(Harbour, "أربعة أشخاص قُتلوا", 4, 7)]
    [InlineData(Market, "خمسة وعشرون", null, 25)]
    [InlineData(Market, "مقتل شخصين", 2, 3)]
    [InlineData(Village, "بمقتل خمسة", 5, null)]
    [InlineData("قال المدير إن أحد عشر عاملاً قُتلوا وأصيب ٣٤ بجروح.", "أحد عشر", 11, 34)]
    [InlineData("قال المدير إن الهجوم أسفر عن قتيلين وخمسة جرحى.", "قتيلين", 2, 5)]
    [InlineData("قال المدير إن عشرة قُتلوا وجُرحوا.", "عشرة", 10, null)]
    [InlineData("وقع الحادث عند الساعة 3 وقُتل وجُرح عشرة أشخاص.", "الحادث", null, null)] // how many of either is not told
    public void The_dead_and_the_hurt_are_counted_apart(string report, string words, int? killed, int? injured)
    {
        ProposedClaim claim = Of(report, words);
        Assert.Equal((killed, injured), (claim.Killed, claim.Injured));
    }

    [Theory]
    [InlineData(Harbour, "طائرة مسيّرة", "فجر الخميس", "2025-03-13T02:00", "2025-03-13T07:00")]
    [InlineData(Harbour, "صافرات الإنذار", "مساء أمس", "2025-03-13T16:00", "2025-03-14T00:00")]
    [InlineData("14 آذار 2025\n\nقال المدير إن الحريق بدأ ليلة الأحد.", "الحريق", "ليلة الأحد", "2025-03-08T18:00", "2025-03-10T06:00")] // before or after: both
    [InlineData("14 آذار 2025\n\nقال المدير إن الحريق بدأ في ٣ كانون الثاني.", "الحريق", "٣ كانون الثاني", "2025-01-03T00:00", "2025-01-04T00:00")]
    [InlineData("14 آذار 2025\n\nقال المدير إن الحريق بدأ أول أمس.", "الحريق", "أول أمس", "2025-03-12T00:00", "2025-03-13T00:00")]
    public void Times_are_laid_against_the_day_of_publication(string report, string words, string told, string earliest, string latest)
    {
        ToldTime time = Of(report, words).Time!;
        Assert.Equal((told, earliest, latest), (time.Words, $"{time.Earliest:yyyy-MM-ddTHH:mm}", $"{time.Latest:yyyy-MM-ddTHH:mm}"));
    }

    [Theory]
    [InlineData(Harbour, "أربعة أشخاص قُتلوا", "قرية السنديان")]
    [InlineData(Harbour, "ستة منازل", "قرب جسر الميناء")]
    [InlineData(Market, "سقط صاروخان", "شمال مدينة الواحة")]
    [InlineData("قال المدير إن النار بدأت بمحافظة الريحان.", "النار", "محافظة الريحان")]
    [InlineData("قال المدير إن النار بدأت في منطقة خالية.", "النار", null)]
    public void Places_are_named_by_their_own_word(string report, string words, string? place) => Assert.Equal(place, Of(report, words).Place);

    [Fact]
    public void Every_quote_stands_in_the_text_letter_for_letter()
    {
        foreach (string report in new[] { Harbour, Market, Village })
            Assert.All(ClaimFinder.Read(report).Claims, claim => Assert.Equal(claim.Quote, report[claim.From..claim.To]));
    }

    [Fact]
    public void English_and_arabic_paragraphs_of_one_report_are_read_each_by_its_own_rules()
    {
        ClaimFinder found = ClaimFinder.Read("The mayor, Petr Hlavka, said that the bridge had fallen.\n\nوأضاف أن الطريق مغلق.\n\nHe added that the road is closed.");
        Assert.Empty(found.Unread);
        // Across the languages nobody goes on.
        Assert.Equal(["mayor, Petr Hlavka", "report", "report"], found.Claims.Select(claim => claim.Attribution));
    }

    [Fact]
    public void No_order_of_arabic_words_makes_the_rules_throw()
    {
        string[] all =
        [
            .. Harbour.Split(' '), .. Market.Split(' '), .. Village.Split(' '), ".", ":", "«", "»", "،", "\n", "عن", "قوله", "وفقا", "ل", "بحسب", "ما",
        ];
        Gen.Int[0, all.Length - 1].Array[0, 60].Sample(places =>
        {
            string report = string.Join(' ', places.Select(at => all[at]));
            foreach (ProposedClaim claim in ClaimFinder.Read(report, published: new DateOnly(2025, 3, 14)).Claims)
                Assert.Equal(claim.Quote, report[claim.From..claim.To]);
        }, iter: 2000);
    }

    static ProposedClaim Of(string report, string words) =>
        Assert.Single(ClaimFinder.Read(report, "paper").Claims, each => each.Quote.Contains(words, StringComparison.Ordinal));
}

using System.Net;
using Nadhir.Dossiers;
using Nadhir.Paper;
using Nadhir.Tests.Console;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Dossiers;

/// <summary>Printed pages: order of mixed text, and the situation brief.</summary>
public sealed class PaperTests(BabilDossier babil) : IClassFixture<BabilDossier>
{
    [Theory]
    [InlineData("abc", false, "abc")]
    [InlineData("سلام", true, "مالس")]
    [InlineData("سلام abc", true, "abc مالس")]
    [InlineData("abc سلام def", false, "abc مالس def")]
    [InlineData("قيد 12 ثم", true, "مث 12 ديق")] // digits keep their order
    [InlineData("في \u20662024-07-29 21:39\u2069 تم", true, "مت 2024-07-29 21:39 يف")] // an isolate keeps a time whole
    [InlineData("في 21:39", true, "21:39 يف")]
    [InlineData("قاعدة (abc) def", true, "def )abc( ةدعاق")] // both brackets of a pair go one way; they are mirrored when set
    [InlineData("abc (قاعدة) ثم", false, "abc (ةدعاق) مث")]
    [InlineData("abc (قاعدة def)", false, "abc (ةدعاق def)")]
    public void Mixed_text_is_seen_in_the_order_of_the_standard(string text, bool rightToLeft, string seen)
    {
        byte[] levels = Bidi.Levels(text, rightToLeft);
        string visual = string.Concat(Bidi.Visual(levels, 0, text.Length).Select(run =>
            (run.Level & 1) == 0 ? text[run.Start..run.End] : string.Concat(text[run.Start..run.End].Reverse())));
        Assert.Equal(seen, string.Concat(visual.Where(c => !Bidi.IsControl(c))));
    }

    [Fact]
    public void Arabic_letters_join_and_no_glyph_is_missing()
    {
        PageFonts fonts = BabilDossier.Fonts();
        List<SetRun> line = Assert.Single(TextLines.Break("إنذار INC-001 — زوال الخطر 5–95 %", rightToLeft: true, fonts.Plain, 1e9));
        Assert.All(line.SelectMany(run => run.Glyphs), glyph => Assert.NotEqual(0, glyph.Glyph));
        SetRun alone = Assert.Single(TextLines.Break("ع", true, fonts.Plain, 1e9)[0]), joined = Assert.Single(TextLines.Break("ععع", true, fonts.Plain, 1e9)[0]);
        Assert.DoesNotContain(alone.Glyphs[0].Glyph, joined.Glyphs.Select(glyph => glyph.Glyph));
        Assert.Equal(3, joined.Glyphs.Select(glyph => glyph.Glyph).Distinct().Count()); // final, medial, initial
    }

    [Theory]
    [InlineData("2 tracks, probability 0.17, arrival 21:38:58–21:44:28 UTC, track 9 10, seen by SIM-4",
        "مساران، الاحتمال 0.17، الوصول بين 21:38:58 و21:44:28 بالتوقيت العالمي، المسار 9، 10، الرصد من SIM-4")]
    [InlineData("again: no sensor watches over the zone", "من جديد: لا مستشعر يراقب المنطقة")]
    [InlineData("raised by Salma: seen from the bridge", "رفعه Salma: seen from the bridge")]
    [InlineData("AUTH-001 on file, but outside its area", "AUTH-001 محفوظ، لكنه خارج منطقته")]
    [InlineData("within 2024-07-30 06:00 to 2024-07-30 14:00", "ضمن المدة من 2024-07-30 06:00 إلى 2024-07-30 14:00")]
    [InlineData("track 9, 10; for people to say", "المسار 9، 10؛ يقوله الأشخاص")]
    [InlineData("we saw 2 tracks, probability unknown", "we saw 2 tracks, probability unknown")] // a person's words stay
    public void What_the_engine_wrote_is_said_in_Arabic_and_what_people_wrote_stays_as_it_is(string english, string arabic) =>
        Assert.Equal(arabic, string.Concat(PaperWords.Said("ar", english).Where(c => !Bidi.IsControl(c))));

    /// <summary>
    /// Ids, names of files, and what others wrote, alone; what only the health of the system tells, or the log and
    /// the feeds of the console.
    /// </summary>
    static readonly HashSet<CauseCode> notOurWords =
    [
        CauseCode.Ordered, CauseCode.Malformed, CauseCode.AsSaid, CauseCode.Several, CauseCode.WrittenAs,
        CauseCode.JournalUnwritable, CauseCode.InputsLost, CauseCode.PushUnsent, CauseCode.WitnessesSilent, CauseCode.StandbySilent,
        CauseCode.AlarmsUnread, CauseCode.PublicPageFails, CauseCode.RetentionFails, CauseCode.FilmFails, CauseCode.ConsoleFails,
        CauseCode.ClaimOf, CauseCode.Saw, CauseCode.SawSoMany, CauseCode.SeenIn, CauseCode.SeenTowards, CauseCode.SeenOverhead,
        CauseCode.SeenNear, CauseCode.SeenMiddle, CauseCode.SeenFar, CauseCode.SeenMoving, CauseCode.SeenFrom, CauseCode.MinutesAgo,
        CauseCode.Quoted, CauseCode.Plain, CauseCode.RegionIn, CauseCode.RegionOut, CauseCode.FeedHasNoSensor, CauseCode.CutOff,
        CauseCode.OutsideFrame, CauseCode.LongerThan, CauseCode.TooManyThere, CauseCode.NotText, CauseCode.NotAnObject,
        CauseCode.ShapeUnknown, CauseCode.NoSuchPlace, CauseCode.LacksItem, CauseCode.DamagedThere, CauseCode.CameLate,
        CauseCode.FromOtherWorld, CauseCode.NodeUnknown, CauseCode.NodeSaidGoodbye, CauseCode.AtByte, CauseCode.OldestLost,
        CauseCode.OldestLostBy,
    ];

    /// <summary>All but these and refusals, which no dossier tells.</summary>
    public static TheoryData<CauseCode> Causes =>
        [.. Enum.GetValues<CauseCode>().Where(code => !notOurWords.Contains(code) && !Cause.Of(code).IsRefusal)];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Every_cause_the_engine_gives_has_words_in_Arabic(CauseCode code)
    {
        string[] figures = code switch
        {
            CauseCode.AlertIn => ["ZONE", "Warning"],
            CauseCode.TrackCrossed => ["9", "IQ", "Inbound"],
            CauseCode.AnnouncedOn => ["تمت الصيانة"],
            CauseCode.CourseTowards => ["30", "north-east"],
            CauseCode.PlaceWithin => ["33.10°N 44.20°E", "0.6"],
            CauseCode.DepthAt => ["30.0", "0.6", "33.10°N 44.20°E"],
            CauseCode.Within90 => ["2026-03-01 11:00:00Z", "11:00:00", "11:00:09"],
            CauseCode.SaysMode3A => ["4301"],
            CauseCode.SaysAddress => ["A0B1C2"],
            CauseCode.SilentSince or CauseCode.WithinTime => ["2026-03-01 11:00", "2026-03-01 12:00"],
            CauseCode.OnFileButSilent or CauseCode.OnFileButValid => ["A-1", "2026-03-01 11:00", "2026-03-01 12:00"],
            CauseCode.SelfReported or CauseCode.ToldByTisB => ["was contradicted by radar"],
            CauseCode.LinkDown or CauseCode.TurnedAway or CauseCode.NoBroker => ["the connection was refused"],
            _ => ["30", "31", "32"],
        };
        Cause cause = code == CauseCode.OverPaths ? Cause.Over(["A", "B"], [Cause.Of(CauseCode.Heard), Cause.Saying(CauseCode.NoBroker, Cause.Of(CauseCode.NoAnswerInTime))])
            : Cause.Of(code, figures);
        Assert.DoesNotMatch("[a-z]{3}", PaperWords.Said("ar", cause.Words));
    }

    [Theory]
    [InlineData(0.99997, "over 0.999")]
    [InlineData(1, "1")]
    [InlineData(0.8069, "0.807")]
    [InlineData(0.0002, "under 0.001")]
    [InlineData(0, "0")]
    public void What_is_not_certain_does_not_read_as_certain(double probability, string words) =>
        Assert.Equal(words, string.Concat(PaperWords.Probability("en", probability, 3).Where(c => !Bidi.IsControl(c))));

    [Fact]
    public void In_the_Arabic_dossier_no_word_of_the_systems_own_is_left_in_English()
    {
        if (!Directory.Exists(babil.Record)) Assert.Skip("the borders were not prepared");
        Paper.Paper? arabic = null;
        DossierProfile court = DossierProfile.Standard.Single(one => one.Name == "court");
        DossierMaker.Make(babil.Record, "INC-001", babil.Signer, court, "ar", (content, watch) =>
        {
            arabic = DossierPages.Of(content, court, "ar", watch);
            return "pages"u8.ToArray();
        });
        string[] own = ["State", "Reason", "Identity", "Evidence", "Fact", "Direction", "Item", "Zone", "Confirmed"];
        Block.Table[] tables = [.. arabic!.Blocks.OfType<Block.Table>()];
        Assert.All(tables, table => Assert.All(table.Head, head => Assert.True(head == "SHA-256" || head.Any(IsArabic), head)));
        Assert.All(arabic.Blocks.OfType<Block.Heading>(), heading => Assert.Contains(heading.Text, IsArabic));
        string[] cells =
        [
            .. from table in tables
            from at in Enumerable.Range(0, table.Head.Count)
            where own.Any(word => table.Head[at] == PaperWords.In("ar", word))
            from row in table.Rows
            where row[at].Length > 0
            select row[at],
        ];
        Assert.True(cells.Length > 60, $"{cells.Length} cells");
        Assert.All(cells, cell => Assert.DoesNotMatch("[a-z]{3}", cell));
        Assert.DoesNotContain(tables.SelectMany(table => table.Rows).SelectMany(row => row), cell => cell.Trim('\u2068', '\u2069') is "rule" or "configuration");
        Assert.Contains(cells, cell => cell == PaperWords.In("ar", "Landing"));
    }

    static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF';

    [Fact]
    public void Without_fonts_nothing_is_printed_and_the_reason_is_said() =>
        Assert.Contains("npm", Assert.Throws<FontsMissingException>(() => PageFonts.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "Warning", "Trenches dug")]
    [InlineData("ar", "إنذار", "حفر الخنادق")]
    public async Task The_brief_of_a_moment_shows_the_alert_on_its_map_and_withholds_what_is_restricted(string language, string word, string measure)
    {
        _ = babil["court"];
        string page = Path.Combine(babil.Folder, $"brief-{language}.html"), all = Path.Combine(babil.Folder, $"all-{language}.html");
        (int code, string _, string errors) = await NadhirProcess.Run("brief", babil.Record, "--at", "2024-07-29T21:43:00Z", "--lang", language, "--out", page);
        Assert.True(code == 0, errors);
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains("EXERCISE", html, StringComparison.Ordinal);
        (code, _, errors) = await NadhirProcess.Run("brief", babil.Record, "--lang", language, "--restricted", "--out", all);
        Assert.True(code == 0, errors);
        Assert.Contains(measure, await File.ReadAllTextAsync(all, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (code, _, errors) = await NadhirProcess.Run("brief", babil.Record, "--lang", language, "--out", page);
        Assert.True(code == 0, errors);
        Assert.DoesNotContain(measure, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_system_serves_its_brief_as_page_and_pdf()
    {
        BabilDossier.Fonts();
        await using ConsoleHost host = await ConsoleHost.Start();
        string html = await host.Client.GetStringAsync("/brief?lang=ar", TestContext.Current.CancellationToken);
        Assert.Contains("dir=\"rtl\"", html, StringComparison.Ordinal);
        using HttpResponseMessage pdf = await host.Client.GetAsync("/brief.pdf", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (pdf.StatusCode, pdf.Content.Headers.ContentType?.MediaType));
    }
}

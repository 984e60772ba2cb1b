using System.Text;
using Nadhir.Ingest;

namespace Nadhir.Tests.Ingest;

/// <summary>The rules are English and Arabic. What is neither is left alone and named: never attributed by chance.</summary>
public sealed class OtherLanguagesTests : IDisposable
{
    const string Persian = """
        سخنگوی وزارت گفت که دو هواپیما از مرز در شمال شهر گذشته‌اند و چهار نفر زخمی شده‌اند.

        شهردار نیز تأکید کرد که پل آسیب ندیده است و مردم در خانه‌ها ماندند.
        """;

    const string French = """
        Le porte-parole du ministère a déclaré lundi que deux avions avaient franchi la frontière au nord de la ville.

        « Nous avons entendu deux explosions », a dit le maire, qui confirme que quatre personnes ont été blessées par des éclats.
        """;

    const string German = """
        Der Sprecher des Ministeriums sagte am Montag, zwei Flugzeuge hätten nördlich der Stadt die Grenze überquert.

        „Wir haben zwei laute Explosionen gehört“, sagte der Bürgermeister, der von vier Verletzten in seiner Gemeinde berichtet.
        """;

    const string Spanish = """
        El portavoz del ministerio dijo el lunes que dos aviones cruzaron la frontera al norte de la ciudad durante la noche.

        «Oímos dos explosiones muy fuertes», dijo la alcaldesa, que confirma cuatro heridos en el barrio junto al puente.
        """;

    const string Turkish = """
        Bakanlık sözcüsü pazartesi günü iki uçağın şehrin kuzeyinde sınırı geçtiğini söyledi ve dört kişinin yaralandığını bildirdi.
        """;

    const string Russian = """
        Представитель министерства сказал, что два самолёта пересекли границу к северу от города и четыре человека ранены.
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-ingest-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(Persian, 2, "does not read as Arabic")]
    [InlineData(French, 2, "does not read as English")]
    [InlineData(German, 2, "does not read as English")]
    [InlineData(Spanish, 2, "does not read as English")]
    [InlineData(Turkish, 1, "does not read as English")]
    [InlineData(Russian, 1, "neither Latin nor Arabic")]
    public void A_report_in_another_language_gives_no_claim_and_every_paragraph_is_named(string report, int paragraphs, string why)
    {
        ClaimFinder found = ClaimFinder.Read(report);
        Assert.Empty(found.Claims);
        Assert.Equal(Enumerable.Range(1, paragraphs), found.Unread.Select(each => each.Number));
        Assert.All(found.Unread, each => Assert.Contains(why, each.Why, StringComparison.Ordinal));
        Assert.All(found.Unread, each => Assert.NotEmpty(each.Begins));
    }

    [Fact]
    public void Of_a_mixed_report_the_english_is_read_and_nobody_speaks_across_what_was_not()
    {
        string mixed = $"""
            The mayor, Petr Hlavka, said that the bridge had fallen and that two people were hurt.

            {Persian.Split("\n\n")[0]}

            He added that the road to the north would be closed for a week.
            """;
        ClaimFinder found = ClaimFinder.Read(mixed);
        Assert.Equal(2, Assert.Single(found.Unread).Number);
        Assert.Contains(found.Claims, claim => claim.Attribution == "mayor, Petr Hlavka" && claim.Quote.Contains("bridge", StringComparison.Ordinal));
        ProposedClaim later = Assert.Single(found.Claims, claim => claim.Quote.Contains("road to the north", StringComparison.Ordinal));
        // Whoever "he" is stood in what was not read.
        Assert.Equal(("report", "the report does not say who this is"), (later.Attribution, later.Doubt));
    }

    [Fact]
    public void Words_of_another_language_between_quotation_marks_are_attributed_to_whom_the_english_names()
    {
        ClaimFinder found = ClaimFinder.Read("The harbour master, Ilse Varga, said: “سمعنا انفجارين ثم انقطع الضوء عن المدينة كلها”.");
        Assert.Empty(found.Unread);
        ProposedClaim claim = Assert.Single(found.Claims);
        Assert.StartsWith("harbour master, Ilse Varga", claim.Attribution, StringComparison.Ordinal);
        Assert.Contains("انفجارين", claim.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_read_stands_in_the_review()
    {
        string file = Path.Combine(folder, "mixed.txt");
        File.WriteAllText(file, $"The mayor said that the bridge had fallen in the night.\n\n{Persian}");
        IngestReview review = IngestReview.Of(file, null, "paper", null, TimeZoneInfo.Utc);
        Assert.Equal([2, 3], review.Unread.Select(each => each.Number));
        Assert.Equal(review.Unread, IngestReview.Parse(review.Json()).Unread);
    }

    public static TheoryData<string, byte[], string> NotText => new()
    {
        { "utf-16", Encoding.Unicode.GetBytes("The mayor said that the bridge had fallen."), "control character" },
        { "utf-16 cut in a letter", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("The mayor said so."), 0x41], "no text in UTF-16" },
        { "windows-1256", [0xDE, 0xC7, 0xE1, 0x20, 0xC7, 0xE1, 0xE3, 0xCA, 0xCD, 0xCF, 0xCB], "no text in UTF-8" },
        { "pdf", "%PDF-1.7\nThe mayor said that the bridge had fallen."u8.ToArray(), "word processor" },
        { "html without a paragraph", "<!DOCTYPE html><div>The mayor said that the bridge had fallen.</div>"u8.ToArray(), "no paragraphs" },
        { "xml", "<?xml version='1.0'?><p>The mayor said that the bridge had fallen.</p>"u8.ToArray(), "word processor" },
        { "rtf", "{\\rtf1 The mayor said that the bridge had fallen.}"u8.ToArray(), "word processor" },
        { "zip", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00], "control character" },
    };

    [Theory]
    [MemberData(nameof(NotText))]
    public void What_is_no_plain_text_is_refused_with_the_reason(string kind, byte[] bytes, string why)
    {
        string file = Path.Combine(folder, "report");
        File.WriteAllBytes(file, bytes);
        IOException refused = Assert.Throws<IOException>(() => IngestReview.Of(file, kind, "paper", null, TimeZoneInfo.Utc));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_in_utf_16_with_its_mark_or_in_an_encoding_a_person_names_is_read()
    {
        const string arabic = "قال رئيس البلدية إن الجسر سليم.";
        string wide = Path.Combine(folder, "wide.txt"), narrow = Path.Combine(folder, "narrow.txt");
        File.WriteAllText(wide, arabic, Encoding.Unicode);
        Encoding windows = CodePagesEncodingProvider.Instance.GetEncoding("windows-1256")!;
        File.WriteAllBytes(narrow, windows.GetBytes(arabic));
        foreach (IngestReview review in new[]
        {
            IngestReview.Of(wide, null, "paper", null, TimeZoneInfo.Utc), IngestReview.Of(narrow, null, "paper", null, TimeZoneInfo.Utc, windows),
        })
        {
            ProposedClaim claim = Assert.Single(review.Claims);
            Assert.Equal(("رئيس البلدية", "الجسر سليم"), (claim.Attribution, claim.Quote));
            Assert.Equal(claim.Quote, review.Text[claim.From..claim.To]);
        }
    }

    [Fact]
    public void Of_a_saved_page_the_paragraphs_are_read_and_menus_and_scripts_are_not()
    {
        string page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, """
            <!DOCTYPE html><html><head><title>News</title><script>said("that the sea burns")</script></head>
            <body><nav><p>The editor said that you should subscribe.</p></nav>
            <h1>Bridge at Dolna closed</h1><p>The mayor, Petr&nbsp;Hlavka, said that <b>the bridge</b> had<br>fallen &amp; two people were hurt.
            <p>According to the coast guard, no ship was near.</p><!-- <p>The mayor said that nothing happened.</p> --></body></html>
            """);
        IngestReview review = IngestReview.Of(page, null, "paper", null, TimeZoneInfo.Utc);
        Assert.Contains(review.Claims, claim => claim.Attribution == "mayor, Petr Hlavka" && claim.Quote.Contains("the bridge had fallen", StringComparison.Ordinal));
        Assert.Contains(review.Claims, claim => claim.Attribution == "coast guard");
        Assert.DoesNotContain("subscribe", review.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing happened", review.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sea burns", review.Text, StringComparison.Ordinal);
        Assert.All(review.Claims, claim => Assert.Equal(claim.Quote, review.Text[claim.From..claim.To]));
    }
}

using System.Text;
using Nadhir.Ingest;

namespace Nadhir.Tests.Ingest;

/// <summary>The rules are English. What is not is left alone and named: never attributed by chance.</summary>
public sealed class OtherLanguagesTests : IDisposable
{
    const string Arabic = """
        قال المتحدث باسم القائد العام للقوات المسلحة إن العراق سيتخذ الإجراءات القانونية والدبلوماسية لحفظ حقوقه.

        وأضاف أن أربعة أشخاص قتلوا وأصيب ثلاثة آخرون في الهجوم شمال محافظة بابل.
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
    [InlineData(Arabic, 2, "letters that are not Latin")]
    [InlineData(French, 2, "does not read as English")]
    [InlineData(German, 2, "does not read as English")]
    [InlineData(Spanish, 2, "does not read as English")]
    [InlineData(Turkish, 1, "does not read as English")]
    [InlineData(Russian, 1, "letters that are not Latin")]
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

            {Arabic.Split("\n\n")[0]}

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
        File.WriteAllText(file, $"The mayor said that the bridge had fallen in the night.\n\n{Arabic}");
        IngestReview review = IngestReview.Of(file, null, "paper", null, TimeZoneInfo.Utc);
        Assert.Equal([2, 3], review.Unread.Select(each => each.Number));
        Assert.Equal(review.Unread, IngestReview.Parse(review.Json()).Unread);
    }

    public static TheoryData<string, byte[], string> NotText => new()
    {
        { "utf-16", Encoding.Unicode.GetBytes("The mayor said that the bridge had fallen."), "control character" },
        { "utf-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("The mayor said so.")], "no text in UTF-8" },
        { "windows-1256", [0xDE, 0xC7, 0xE1, 0x20, 0xC7, 0xE1, 0xE3, 0xCA, 0xCD, 0xCF, 0xCB], "no text in UTF-8" },
        { "pdf", "%PDF-1.7\nThe mayor said that the bridge had fallen."u8.ToArray(), "word processor" },
        { "html", "<!DOCTYPE html><p>The mayor said that the bridge had fallen.</p>"u8.ToArray(), "word processor" },
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
}

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

    [Fact]
    public void Without_fonts_nothing_is_printed_and_the_reason_is_said() =>
        Assert.Contains("npm", Assert.Throws<FontsMissingException>(() => PageFonts.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "Warning")]
    [InlineData("ar", "إنذار")]
    public async Task The_brief_of_a_moment_shows_the_alert_on_its_map_and_withholds_what_is_restricted(string language, string word)
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
        Assert.Contains("trenches_dug", await File.ReadAllTextAsync(all, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (code, _, errors) = await NadhirProcess.Run("brief", babil.Record, "--lang", language, "--out", page);
        Assert.True(code == 0, errors);
        Assert.DoesNotContain("trenches_dug", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
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

using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nadhir.PublicPage;
using Nadhir.Tests.Conventions;
using Nadhir.Warning;

namespace Nadhir.Tests.PublicPage;

/// <summary>The public's pages as the server writes them: whole without any script.</summary>
public sealed partial class ZonePageTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_scripts_the_page_says_what_holds_and_what_to_do_and_renews_itself()
    {
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Alert("D", AlertState.Warning));
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/T?lang=en")).Contains("data-state=\"Warning\"", StringComparison.Ordinal));
        string said = Plain(page);
        Assert.Contains("TAKE SHELTER", said);
        Assert.Contains("▲", said);
        Assert.Contains("Take shelter now.", said);
        Assert.Contains("This alert is for Northern district and holds here too.", said);
        Assert.Contains("Time to reach shelter 45 s", said);
        Assert.Matches(@"May arrive in \(minutes:seconds\) [23]:\d\d – [78]:\d\d", said);
        Assert.Matches(@"Since 00:40", said);
        Assert.Matches(@"As known at 00:4\d:\d\d", said);
        Assert.Contains("http-equiv=\"refresh\"", page);
        Assert.DoesNotContain("class=\"exercise\"", page);
    }

    [Fact]
    public async Task Arabic_is_complete_reads_from_right_to_left_and_sets_its_latin_digits_apart()
    {
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/T?lang=ar")).Contains("data-state=\"Warning\"", StringComparison.Ordinal));
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\"", page);
        Assert.Contains("إلى الملجأ", page);
        Assert.Matches(@"لديكم <bdi>45</bdi> ثانية", page);
        string body = page[page.IndexOf("<body", StringComparison.Ordinal)..page.IndexOf("<script type=\"application/json\"", StringComparison.Ordinal)];
        Assert.DoesNotMatch(@"[\u0660-\u0669\u06f0-\u06f9]", body);
        // But for the name of the other language no English word is left.
        Assert.Equal("English", string.Join(' ', LatinWord().Matches(Plain(body)).Select(word => word.Value).Distinct()));
        Assert.All(LooseDigit().Matches(Tag().Replace(Bdi().Replace(body, ""), " ")), match => Assert.Fail($"not set apart: {match.Value}"));
    }

    [Fact]
    public async Task An_arrival_within_one_minute_is_said_in_seconds()
    {
        await using PublicHost host = await PublicHost.Start();
        DateTimeOffset minute = new(2024, 7, 29, 21, 50, 0, TimeSpan.Zero);
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning) with { Arrival = new(minute.AddSeconds(5), minute.AddSeconds(49.3)) });
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/T?lang=en")).Contains("data-state=\"Warning\"", StringComparison.Ordinal));
        Assert.Contains("00:50:05–00:50:50", Plain(page));
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning, messages: 2) with { Arrival = new(minute.AddSeconds(55), minute.AddSeconds(65)) });
        await ZoneApiTests.Until(async () => Plain(await Page(host, "/zone/T?lang=en")).Contains("00:50–00:52", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ar-IQ,ar;q=0.9,en;q=0.5", null, "ar")]
    [InlineData("fr,en;q=0.5,ar;q=0.9", null, "ar")]
    [InlineData("fr", null, "en")]
    [InlineData("en", "nadhir-language=ar", "ar")]
    public async Task The_language_is_the_one_chosen_else_the_one_the_browser_prefers(string accepts, string? cookie, string language)
    {
        await using PublicHost host = await PublicHost.Start();
        using HttpRequestMessage request = new(HttpMethod.Get, "/zone/T");
        request.Headers.Add("Accept-Language", accepts);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage answer = await host.Client.SendAsync(request, Cancellation);
        Assert.Contains($"<html lang=\"{language}\"", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_choice_is_kept_by_one_cookie_that_says_nothing_else()
    {
        await using PublicHost host = await PublicHost.Start();
        using HttpResponseMessage chosen = await host.Client.GetAsync("/zone/T?lang=ar", Cancellation);
        string cookie = Assert.Single(chosen.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("nadhir-language=ar;", cookie);
        Assert.True(chosen.Headers.CacheControl!.NoStore);
        using HttpRequestMessage again = new(HttpMethod.Get, "/zone/T?lang=ar");
        again.Headers.Add("Cookie", "nadhir-language=ar");
        using HttpResponseMessage kept = await host.Client.SendAsync(again, Cancellation);
        Assert.False(kept.Headers.Contains("Set-Cookie"));
        Assert.True(kept.Headers.CacheControl!.Public);
    }

    [Fact]
    public async Task An_exercise_cannot_be_mistaken()
    {
        await using PublicHost host = await PublicHost.Start(watch: new(exercise: true));
        foreach (string path in (string[])["/zone/?lang=en", "/zone/T?lang=en"])
        {
            string page = await Page(host, path);
            Assert.Contains("class=\"exercise\"", page);
            Assert.Contains("<p class=\"drill\">EXERCISE", page);
            Assert.Contains("<title>EXERCISE", page);
        }

        Assert.Contains("EXERCISE", await Page(host, "/zone/manifest.webmanifest?lang=en"));
    }

    [Fact]
    public async Task A_picture_that_stands_still_is_not_shown_as_current()
    {
        await using PublicHost host = await PublicHost.Start(new() { HeartbeatEvery = TimeSpan.FromMilliseconds(200) });
        host.Watch.Tick();
        await ZoneApiTests.Until(async () => (await Page(host, "/zone/T?lang=en")).Contains("data-link=\"live\"", StringComparison.Ordinal));
        host.Watch.StandsStill = true;
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/T?lang=en")).Contains("data-link=\"lost\"", StringComparison.Ordinal));
        Assert.Contains("nothing new has been known for", page);
        Assert.Contains("data-link=\"lost\"", await Page(host, "/zone/?lang=en"));
    }

    [Fact]
    public async Task A_larger_zone_does_not_look_calm_while_a_place_in_it_is_warned()
    {
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/P?lang=en")).Contains("<span id=\"badge\">ALERT IN PART OF THIS AREA", StringComparison.Ordinal));
        Assert.Contains("href=\"/zone/T?lang=en\"", page);
        Assert.DoesNotContain("NO ALERT", Plain(page[..page.IndexOf("id=\"words\"", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("old town", "T")]
    [InlineData("TOWN", "T")]
    [InlineData("البلده", "T")]
    [InlineData("احمد", "V")]
    [InlineData("<east>", "V")]
    public async Task A_zone_is_found_as_people_type_its_name(string words, string zone)
    {
        await using PublicHost host = await PublicHost.Start();
        string page = await Page(host, $"/zone/?lang=en&q={Uri.EscapeDataString(words)}");
        string list = page[page.IndexOf("<ul id=\"zones\">", StringComparison.Ordinal)..];
        Assert.Equal([zone], ZoneLink().Matches(list).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task What_comes_from_a_name_or_a_visitor_is_never_markup()
    {
        await using PublicHost host = await PublicHost.Start();
        Assert.Contains("Village &lt;East&gt; &amp; Co", await Page(host, "/zone/V?lang=en"));
        string page = await Page(host, "/zone/?lang=en&q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        Assert.DoesNotContain("<script>alert", page);
        Assert.Contains("No area has this name.", page);
    }

    [Fact]
    public async Task A_page_asks_nothing_of_any_other_host_and_is_small()
    {
        await using PublicHost host = await PublicHost.Start();
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        using HttpResponseMessage answer = await host.Client.GetAsync("/zone/T?lang=ar", Cancellation);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotMatch(@"(src|href|action)=""(https?:)?//", page);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy);
        Assert.DoesNotContain("'unsafe-inline'", policy.Replace("style-src 'unsafe-inline'", "", StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\son\w+=", page);
        long bytes = System.Text.Encoding.UTF8.GetByteCount(page) + ((PublicFiles)host.Services.GetService(typeof(PublicFiles))!).Bytes;
        Assert.InRange(bytes, 5000, 60_000);
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_leads_back_to_the_list()
    {
        await using PublicHost host = await PublicHost.Start();
        using HttpResponseMessage answer = await host.Client.GetAsync("/zone/nowhere?lang=en", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("href=\"/zone/?lang=en\"", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task An_installed_page_opens_the_zone_it_was_installed_from_in_its_language_and_no_other_place()
    {
        await using PublicHost host = await PublicHost.Start();
        JsonElement arabic = await ZoneApiTests.Get(host, "/zone/manifest.webmanifest?lang=ar&start=/zone/T");
        Assert.Equal(("/zone/T?lang=ar", "rtl", PublicLanguages.BuiltIn.Of("ar").Title),
            (arabic.GetProperty("start_url").GetString(), arabic.GetProperty("dir").GetString(), arabic.GetProperty("name").GetString()));
        JsonElement elsewhere = await ZoneApiTests.Get(host, "/zone/manifest.webmanifest?lang=en&start=//evil.example/");
        Assert.Equal("/zone/?lang=en", elsewhere.GetProperty("start_url").GetString());
    }

    [Fact]
    public void Every_language_has_the_same_blanks_and_latin_digits_and_arabic_its_letters()
    {
        Assert.Equal(["en", "ar"], PublicLanguages.BuiltIn.Tags.Where(tag => tag is "en" or "ar"));
        foreach (PublicWords words in PublicLanguages.BuiltIn.All)
        {
            foreach (PropertyInfo property in typeof(PublicWords).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.Name is not ("Language" or "Direction" or "Name")))
            {
                string english = (string)property.GetValue(PublicLanguages.BuiltIn.Of("en"))!, said = (string)property.GetValue(words)!;
                Assert.NotEmpty(said.Trim());
                Assert.Equal(Blanks(english), Blanks(said));
                Assert.DoesNotMatch(@"[^0-9\P{Nd}]", said);
                if (words.Language == "ar") Assert.Matches(@"[\u0600-\u06ff،]", said);
            }
        }
    }

    [Fact]
    public async Task A_third_language_is_one_file_and_a_warning_not_said_in_it_is_shown_in_another()
    {
        PublicLanguages languages = PublicLanguages.BuiltIn.With("fr", Third());
        await using PublicHost host = await PublicHost.Start(new() { Languages = languages });
        Assert.Contains("⟦NO ALERT⟧", await Page(host, "/zone/T?lang=fr"));
        Assert.Contains("hreflang=\"fr\"", await Page(host, "/zone/?lang=ar"));
        using HttpRequestMessage preferring = new(HttpMethod.Get, "/zone/T");
        preferring.Headers.AcceptLanguage.ParseAdd("fr-CH");
        using HttpResponseMessage preferred = await host.Client.SendAsync(preferring, Cancellation);
        Assert.Contains("<html lang=\"fr\" dir=\"ltr\"", await preferred.Content.ReadAsStringAsync(Cancellation));
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/T?lang=fr")).Contains("data-state=\"Warning\"", StringComparison.Ordinal));
        Assert.Contains("⟦TAKE SHELTER⟧", page);
        Assert.Contains("id=\"headline\" lang=\"en\" dir=\"auto\">Air threat warning for", page);
        Assert.DoesNotContain("⟦No alert is known", page[..page.IndexOf("<script type=\"application/json\"", StringComparison.Ordinal)]);
    }

    [Fact]
    public void A_language_with_a_word_too_few_or_too_many_is_refused()
    {
        JsonObject few = JsonNode.Parse(Third())!.AsObject(), many = JsonNode.Parse(Third())!.AsObject();
        few.Remove("warning");
        many["warnings"] = "x";
        Assert.All((JsonObject[])[few, many], file => Assert.Throws<JsonException>(() => PublicLanguages.BuiltIn.With("fr", Encoding.UTF8.GetBytes(file.ToJsonString()))));
    }

    /// <summary>A public message in a language with its region is that language's.</summary>
    [Fact]
    public async Task A_message_in_the_arabic_of_one_country_is_shown_on_the_arabic_page()
    {
        await using PublicHost host = await PublicHost.Start(watch: new(false, "ar-IQ", "en-GB"));
        host.Watch.Show(host.Watch.Alert("T", AlertState.Warning));
        string page = "";
        await ZoneApiTests.Until(async () => (page = await Page(host, "/zone/T?lang=ar")).Contains("data-state=\"Warning\"", StringComparison.Ordinal));
        Assert.Contains("lang=\"ar-IQ\" dir=\"auto\">إنذار من تهديد جوي", page);
    }

    /// <summary>English with marks on it, as the file of a third language.</summary>
    static byte[] Third()
    {
        JsonObject file = JsonNode.Parse(File.ReadAllText(Repository.Files("src/Nadhir/PublicPage/Languages", ".json").Single(path => Path.GetFileName(path) == "en.json")))!.AsObject();
        foreach (string key in file.Select(word => word.Key).Where(key => key is not ("name" or "direction" or "comma")).ToArray())
            file[key] = $"⟦{file[key]}⟧";
        file["name"] = "Français";
        return Encoding.UTF8.GetBytes(file.ToJsonString());
    }

    [Fact]
    public void The_script_asks_only_for_words_that_it_is_given()
    {
        HashSet<string> given = [.. PublicLanguages.BuiltIn.Of("en").ForScript().Keys];
        string[] asked =
        [
            .. Repository.Files("web/src/zone", ".ts").SelectMany(file => WordKey().Matches(File.ReadAllText(file)))
                .SelectMany(match => QuotedKey().Matches(match.Groups[1].Value)).Select(key => key.Groups[1].Value).Distinct(),
        ];
        Assert.True(asked.Length > 15, $"{asked.Length} words");
        Assert.All(asked, key => Assert.Contains(key, given));
        Assert.Equal(given.Order(), PublicLanguages.BuiltIn.Of("ar").ForScript().Keys.Order());
    }

    static string[] Blanks(string words) => [.. Regex.Matches(words, @"\{\w+\}").Select(match => match.Value).Order()];

    static Task<string> Page(PublicHost host, string path) => host.Client.GetStringAsync(path, Cancellation);

    /// <summary>The words of a page, without its markup.</summary>
    static string Plain(string page) => Regex.Replace(
        WebUtility.HtmlDecode(Tag().Replace(Regex.Replace(page, "(?s)<style>.*?</style>", ""), " ").Replace("<bdi>", "", StringComparison.Ordinal)), @"\s+", " ");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<bdi[^>]*>[^<]*</bdi>")]
    private static partial Regex Bdi();

    [GeneratedRegex(@"\d+")]
    private static partial Regex LooseDigit();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex LatinWord();

    [GeneratedRegex("href=\"/zone/([^?\"]+)\\?lang")]
    private static partial Regex ZoneLink();

    [GeneratedRegex(@"word\(([^()]*?)[,()]")]
    private static partial Regex WordKey();

    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex QuotedKey();
}

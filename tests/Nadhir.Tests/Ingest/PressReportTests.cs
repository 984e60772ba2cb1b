using System.Text.RegularExpressions;
using Nadhir.Ingest;
using Nadhir.Tests.Outlets;

namespace Nadhir.Tests.Ingest;

/// <summary>The press report of the acceptance scenario, against the claims a person found in it.</summary>
public sealed partial class PressReportTests
{
    /// <summary>Who speaks in each paragraph, as a person reads it; the first is the line with the date.</summary>
    static readonly string[][] speakers =
    [
        ["Iraq", "report"], ["report"], ["Iraqi government statement"], [Spokesman], [Spokesman], [Spokesman], [Spokesman], [Source], [Source],
    ];

    const string Spokesman = "spokesman for the Commander-in-Chief of the Armed Forces, Major General Yahya Rasool", Source = "security source (unnamed)";

    [Fact]
    public void Its_twenty_claims_are_found_and_none_is_attributed_to_another()
    {
        (string report, ClaimFinder found) = Read();
        (string Id, string Quote, string By)[] expected = Expected();
        Assert.Equal(20, expected.Length);
        List<string> wrong = [];
        foreach ((string id, string quote, string by) in expected)
        {
            ProposedClaim[] holding = [.. found.Claims.Where(claim => Overlap(claim.Quote, quote) >= 0.8)];
            if (!holding.Any(claim => IsBy(claim, by))) wrong.Add($"{id}: not found as of {by}: {string.Join(" | ", holding.Select(c => c.Attribution))}");
            // The claim is a clause, not half the report.
            else if (holding.Min(claim => claim.Quote.Length) > 3.5 * quote.Length) wrong.Add($"{id}: only inside something far longer: {holding[0].Quote}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.All(found.Claims, claim => Assert.Equal(claim.Quote, report[claim.From..claim.To]));
    }

    [Fact]
    public void Every_proposal_not_only_the_twenty_is_attributed_as_a_person_would()
    {
        (string report, ClaimFinder found) = Read();
        string[] paragraphs = [.. report.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)];
        Assert.Equal(speakers.Length, paragraphs.Length);
        foreach (ProposedClaim claim in found.Claims)
        {
            int at = report[..claim.From].Split("\n\n").Length - 2;
            Assert.True(speakers[at].Contains(claim.Attribution, StringComparer.Ordinal), $"{claim.Attribution}: {claim.Quote}");
        }
    }

    [Fact]
    public void Its_figures_times_and_places_are_read()
    {
        (string _, ClaimFinder found) = Read();
        Assert.Equal(new DateOnly(2024, 7, 31), found.Published);
        ProposedClaim casualties = Assert.Single(found.Claims, claim => claim.Killed is not null);
        Assert.Equal((4, 3, "casualty", "report"), (casualties.Killed, casualties.Injured, casualties.Kind, casualties.Attribution));
        ProposedClaim system = Assert.Single(found.Claims, claim => claim.Quote.StartsWith("the missile defense system", StringComparison.Ordinal));
        Assert.Equal("yesterday morning", system.Time!.Words);
        Assert.Equal(new DateTimeOffset(2024, 7, 30, 2, 0, 0, TimeSpan.Zero), system.Time.Earliest);
        Assert.True(system.Verbatim);
        Assert.Contains(found.Claims, claim => claim.Place?.Contains("Ain al-Assad base", StringComparison.Ordinal) == true);
        Assert.Contains(found.Claims, claim => claim.Place?.Contains("Babil Governorate", StringComparison.Ordinal) == true);
    }

    static (string Report, ClaimFinder Found) Read()
    {
        string report = File.ReadAllText(SharedFiles.Find("../scenarios/press-report-2024-07-31.txt"));
        return (report, ClaimFinder.Read(report, "press report", zone: TimeZoneInfo.FindSystemTimeZoneById("Asia/Baghdad")));
    }

    static (string Id, string Quote, string By)[] Expected() =>
    [
        .. ClaimLine().Matches(File.ReadAllText(SharedFiles.Find("../scenarios/babil-2024.yaml")))
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value.Trim('"'))),
    ];

    static bool IsBy(ProposedClaim claim, string by) => by.Split(',')[0] switch
    {
        "report" => claim.Attribution == "report",
        "security source" => claim.Attribution == Source && claim.Unnamed,
        "Iraqi government statement" => claim.Attribution == "Iraqi government statement",
        _ => by.StartsWith("spokesman", StringComparison.Ordinal) && claim.Attribution == Spokesman,
    };

    /// <summary>The share of the expected words that stand in the found ones in the same order, one after the other.</summary>
    static double Overlap(string found, string quote)
    {
        string[] words = quote.Split(' ');
        for (int length = words.Length; length > 0; length--)
            for (int from = 0; from + length <= words.Length; from++)
                if (found.Contains(string.Join(' ', words.AsSpan(from, length)), StringComparison.Ordinal)) return (double)length / words.Length;
        return 0;
    }

    [GeneratedRegex(@"- \{id: (C\d\d), quote: ""([^""]+)"", by: (""[^""]+""|[^,]+),")]
    private static partial Regex ClaimLine();
}

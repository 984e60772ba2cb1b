using System.Text.Json;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Outlets;

namespace Nadhir.Tests.Runs;

/// <summary>What was said and filed, on the acceptance scenario through the real program: E12, E15, E16, E18.</summary>
public sealed class AccountAcceptanceTests
{
    [Fact]
    public async Task Casualties_statement_papers_and_incursion_are_on_record_with_who_said_what()
    {
        if (global::Nadhir.Configuration.CountriesFile.Find() is null) Assert.Skip("the borders were not prepared (./nadhir builds them from npm packages)");
        string folder = Directory.CreateTempSubdirectory("nadhir-account-").FullName;
        try
        {
            string record = Path.Combine(folder, "record");
            await Done("run", "babil-2024", "--variant", "45", "--seed", "1", "--recon-minutes", "15", "--out", record);
            JsonElement report = JsonDocument.Parse(await Done("report", record, "--json")).RootElement;
            CasualtiesAreReported(report);
            TheStatementIsTheSpokesmans(report);
            FlightsAreComparedWithThePapers(report);
            await TheIncursionIsOnRecord(record);
            await TheReportIsIngested(record, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>E12.</summary>
    static void CasualtiesAreReported(JsonElement report)
    {
        JsonElement casualties = Assert.Single(report.GetProperty("incidents").EnumerateArray(), row => Text(row, "zone") == "Z-JURF").GetProperty("casualties");
        Assert.Equal((4, 3, "REPORTED", "C02"), (casualties.GetProperty("killed").GetInt32(), casualties.GetProperty("injured").GetInt32(),
            Text(casualties, "status"), Text(casualties, "claim")));
        JsonElement[] revisions = [.. casualties.GetProperty("revisions").EnumerateArray()];
        Assert.Equal(["K-001", "C02"], revisions.Select(row => Text(row, "claim")));
        Assert.False(revisions[0].TryGetProperty("killed", out _));
    }

    /// <summary>E15.</summary>
    static void TheStatementIsTheSpokesmans(JsonElement report)
    {
        JsonElement statement = Assert.Single(report.GetProperty("statements").EnumerateArray());
        Assert.Contains("spokesman", Text(statement, "speaker"), StringComparison.Ordinal);
        Assert.Equal("none", Text(statement, "systemPosition"));
        string?[] linked = [.. statement.GetProperty("claims").EnumerateArray().Select(claim => claim.GetString())];
        Assert.Equal(["C01", "C04", "C05", "C08", "C09", "C10", "C11", "C12", "C19", "C20"], linked);
        JsonElement[] claims = [.. report.GetProperty("claims").EnumerateArray(), .. report.GetProperty("incidents")[0].GetProperty("claims").EnumerateArray()];
        Assert.All(linked, id => Assert.StartsWith("spokesman", Text(Assert.Single(claims, claim => Text(claim, "id") == id), "attribution"), StringComparison.Ordinal));
    }

    /// <summary>E16: facts, and no verdict.</summary>
    static void FlightsAreComparedWithThePapers(JsonElement report)
    {
        JsonElement[] findings = [.. report.GetProperty("papers").GetProperty("conformity").EnumerateArray()];
        Assert.Equal(2, findings.Count(row => Text(row, "words") == "within AUTH-001"));
        int[] jets = [.. report.GetProperty("crossings").EnumerateArray().Where(row => Text(row, "identity") == "NonCooperative").Select(row => row.GetProperty("track").GetInt32()).Distinct()];
        Assert.Equal(2, jets.Length);
        Assert.All(jets, jet => Assert.Equal("no record found", Text(Assert.Single(findings, row => row.GetProperty("track").GetInt32() == jet), "words")));
        Assert.All(findings, row => Assert.DoesNotMatch("(?i)breach|violat|hostile|illegal", row.GetRawText()));
    }

    static async Task TheIncursionIsOnRecord(string record)
    {
        JsonElement incursion = Assert.Single(JsonDocument.Parse(await Done("incursions", record, "--json")).RootElement.EnumerateArray());
        Assert.Equal("Left", Text(incursion, "state"));
        string? Value(string item) => Text(incursion.GetProperty("lines").EnumerateArray().Single(line => Text(line, "item") == item), "value");
        Assert.Equal("2", Value("Aircraft"));
        Assert.Equal("no record found", Value("FlightPlan"));
        Assert.Contains("Z-JURF", Value("AreaOverflown"), StringComparison.Ordinal);
        // To the border of this variant it is about 160 km; no flight from it is inside the country by more.
        Assert.InRange(incursion.GetProperty("depthMetres").GetDouble(), 100_000, 180_000);
        string[] csv = (await Done("incursions", record, "--csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, csv.Length);
        Assert.StartsWith("incursion,state,date,dateProbability,dateSource", csv[0], StringComparison.Ordinal);
        Assert.Contains("| Depth |", await Done("incursions", record, "--markdown"), StringComparison.Ordinal);
    }

    /// <summary>E18, and that the record is whole after it: nothing counts until a person has accepted it.</summary>
    static async Task TheReportIsIngested(string record, string folder)
    {
        string report = SharedFiles.Find("../scenarios/press-report-2024-07-31.txt"), review = Path.Combine(folder, "review.json");
        await Done("ingest", report, "--review", review, "--record", record, "--source", "PR", "--zone", "Asia/Baghdad");
        JsonElement[] proposed = [.. JsonDocument.Parse(await Done("report", record, "--json")).RootElement.GetProperty("claims").EnumerateArray().Where(IsOfReport)];
        Assert.InRange(proposed.Length, 20, 40);
        Assert.All(proposed, claim => Assert.Equal("Proposed", Text(claim, "state")));
        string decided = (await File.ReadAllTextAsync(review, TestContext.Current.CancellationToken)).Replace("\"accept\": null", "\"accept\": true", StringComparison.Ordinal);
        await File.WriteAllTextAsync(review, decided, TestContext.Current.CancellationToken);
        await Done("ingest", report, "--accept", review, "--by", "duty officer", "--record", record, "--source", "PR", "--zone", "Asia/Baghdad");
        JsonElement after = JsonDocument.Parse(await Done("report", record, "--json")).RootElement;
        JsonElement[] accepted = [.. after.GetProperty("claims").EnumerateArray().Where(IsOfReport)];
        Assert.Equal(proposed.Length, accepted.Length);
        Assert.All(accepted, claim => Assert.Equal(("Accepted", "duty officer"), (Text(claim, "state"), Text(claim.GetProperty("decided"), "by"))));
        JsonElement document = Assert.Single(after.GetProperty("documents").EnumerateArray());
        Assert.Equal("08a2dcd681d5eb014c07711dd73f65737bbe8e9c4e60205740a888f3870dc411", Text(document, "sha256"));
        Assert.True(document.GetProperty("textIsDocument").GetBoolean());
        await Done("verify", record);
    }

    static bool IsOfReport(JsonElement claim) => claim.TryGetProperty("source", out JsonElement source) && source.GetString() == "PR";

    static async Task<string> Done(params string[] arguments)
    {
        (int code, string output, string errors) = await NadhirProcess.Run(arguments);
        Assert.True(code == 0, output + errors);
        return output;
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

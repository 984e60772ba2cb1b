using System.Text;
using CsCheck;
using Nadhir.Formats.Cap.Checking;

namespace Nadhir.Formats.Tests.Cap;

public sealed class CapCheckerTests
{
    const string Good = """
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>a-1</identifier><sender>duty@protection.example</sender><sent>2026-03-01T01:30:15-00:00</sent>
          <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
          <info>
            <language>en</language><category>Security</category><event>Air threat</event><responseType>Shelter</responseType>
            <urgency>Immediate</urgency><severity>Extreme</severity><certainty>Likely</certainty>
            <effective>2026-03-01T01:30:15-00:00</effective><expires>2026-03-01T02:30:15-00:00</expires>
            <area><areaDesc>Here</areaDesc><polygon>32,44 33,44 33,45 32,44</polygon><circle>32,44 15</circle></area>
          </info>
        </alert>
        """;

    static CapVerdict Check(string xml, params ReadOnlySpan<CapProfile> profiles) => CapChecker.Check(Encoding.UTF8.GetBytes(xml), profiles);

    static string Errors(string xml, params ReadOnlySpan<CapProfile> profiles) => string.Join("; ",
        Check(xml, profiles).Findings.Where(one => one.Grade == CapGrade.Error).Select(one => one.What));

    [Fact]
    public void A_good_message_has_nothing_to_be_said_of() => Assert.Empty(Check(Good).Findings);

    [Theory]
    [InlineData("a-1<", "a 1<", "identifier is empty or has blanks")]
    [InlineData("duty@", "duty,@", "sender is empty or has blanks")]
    [InlineData("Public", "Private", "needs addresses")]
    [InlineData("Public", "Restricted", "needs a restriction")]
    [InlineData("15-00:00</sent>", "15Z</sent>", "UTC is -00:00")]
    [InlineData("33,45 32,44<", "33,45<", "it needs four")]
    [InlineData("33,45 32,44<", "33,45 32,45<", "not closed")]
    [InlineData("32,44 33,44 33,45 32,44", "44;32 33,44 33,45 44;32", "'44;32', which is not latitude,longitude")]
    [InlineData("32,44 33,44", "95,44 33,44", "'95,44'")]
    [InlineData("<circle>32,44 15", "<circle>32,44 -1", "the circle is not")]
    [InlineData("<circle>32,44 15", "<circle>32 44 15", "the circle is not")]
    [InlineData("</circle>", "</circle><ceiling>3000</ceiling>", "ceiling must not be used without altitude")]
    [InlineData("</scope>", "</scope><references>a,b</references>", "not sender,identifier,sent")]
    [InlineData("<event>Air threat</event>", "<event/>", "event says nothing")]
    [InlineData("<status>Actual", "<status> Actual", "status ' Actual' is not one of")]
    [InlineData("<msgType>Alert</msgType>", "", "alert lacks msgType")]
    [InlineData("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>", "scope is there twice")]
    public void What_the_standard_forbids_is_an_error(string good, string bad, string said) =>
        Assert.Contains(said, Errors(Good.Replace(good, bad, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<msgType>Alert", "<msgType>Update", "refers to no earlier message")]
    [InlineData("Actual", "Exercise", "should name the exercise")]
    [InlineData("2026-03-01T02:30:15", "2026-03-01T00:30:15", "expires before it is sent")]
    [InlineData("</expires>", "</expires><web>page.html</web>", "not a full address")]
    public void What_is_only_unwise_leaves_it_valid(string good, string bad, string said)
    {
        CapVerdict verdict = Check(Good.Replace(good, bad, StringComparison.Ordinal));
        Assert.True(verdict.IsValid);
        Assert.Contains(verdict.Findings, one => one.What.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_profile_says_what_it_lacks_and_takes_what_has_it_all()
    {
        Assert.Contains("no code IPAWSv1.0", Errors(Good, CapProfile.Ipaws), StringComparison.Ordinal);
        Assert.Contains("info has no eventCode SAME", Errors(Good, CapProfile.Ipaws), StringComparison.Ordinal);
        Assert.Contains("area has no geocode profile:CAP-CP:Location:", Errors(Good, CapProfile.Canada), StringComparison.Ordinal);
        Assert.Contains($"info has no eventCode {CapProfile.AustralianEvents}", Errors(Good, CapProfile.Australia), StringComparison.Ordinal);
        string full = Good
            .Replace("</scope>", $"</scope><code>{CapProfile.Ipaws.Claim}</code><code>{CapProfile.Canada.Claim}</code><code>{CapProfile.Australia.Claim}</code>", StringComparison.Ordinal)
            .Replace("</certainty>", $"</certainty>{Pair("eventCode", "SAME", "CDW")}{Pair("eventCode", "profile:CAP-CP:Event:0.4", "civilEmerg")}{Pair("eventCode", CapProfile.AustralianEvents, "CivE")}", StringComparison.Ordinal)
            .Replace("</circle>", $"</circle>{Pair("geocode", "SAME", "006037")}{Pair("geocode", "profile:CAP-CP:Location:0.3", "5915022")}", StringComparison.Ordinal);
        Assert.Equal("", Errors(full, CapProfile.Ipaws, CapProfile.Canada, CapProfile.Australia));
        Assert.Contains("'6037': 6 letters", Errors(full.Replace("006037", "6037", StringComparison.Ordinal), CapProfile.Ipaws), StringComparison.Ordinal);
        Assert.Contains("effective is not used with msgType Cancel",
            Errors(full.Replace("<msgType>Alert", "<msgType>Cancel", StringComparison.Ordinal), CapProfile.Australia), StringComparison.Ordinal);
    }

    static string Pair(string element, string name, string value) =>
        $"<{element}><valueName>{name}</valueName><value>{value}</value></{element}>";

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>", "&x;")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>", "&c;")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://localhost:1/x.dtd\">", "")]
    public void Documents_with_a_dtd_are_refused(string dtd, string use) =>
        Assert.Contains("DTD", Errors(dtd + Good.Replace("Here", use, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Documents_too_large_too_deep_or_of_too_many_elements_are_refused()
    {
        Assert.Contains("bytes", Errors(Good.Replace("Here", new string('x', CapChecker.MostBytes), StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("nested deeper", Errors(Good.Replace("Here", string.Concat(Enumerable.Repeat("<a>", 100_000)), StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("more than 100000 elements", Errors(Good.Replace("Here", string.Concat(Enumerable.Repeat("<a/>", 200_000)), StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_message_full_of_faults_the_first_are_listed_and_the_rest_counted()
    {
        CapVerdict verdict = Check(Good.Replace("</circle>", $"</circle>{string.Concat(Enumerable.Repeat("<circle>x</circle>", 5000))}", StringComparison.Ordinal));
        Assert.Equal(CapFindings.Most + 1, verdict.Findings.Length);
        Assert.Equal("4800 more findings are not listed", verdict.Findings[^1].What);
    }

    [Fact]
    public void No_bytes_make_it_throw() => Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[0, Good.Length - 1]).Sample((bytes, at) =>
    {
        byte[] xml = Encoding.UTF8.GetBytes(Good);
        bytes.AsSpan(0, Math.Min(bytes.Length, xml.Length - at)).CopyTo(xml.AsSpan(at));
        CapChecker.Check(xml, CapProfile.Ipaws, CapProfile.Canada, CapProfile.Australia);
        CapChecker.Check(bytes);
    }, iter: 20_000);
}

using Nadhir.Documents;
using Nadhir.Sensing;
using Nadhir.Simulation.Families;
using Nadhir.Warning;

namespace Nadhir.Simulation.Tests.Families;

public sealed class FamilyLoaderTests
{
    public static TheoryData<string> All => [.. Directory.GetFiles(
        Path.GetDirectoryName(Files.Repository("scenarios/families/country.yaml"))!, "*.yaml")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "country").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(All))]
    public void Every_family_that_comes_with_the_program_has_three_variants_and_each_can_be_drawn(string name)
    {
        Family family = Invented.Family(name);
        Assert.Equal(name, family.Id);
        Assert.InRange(family.Variants.Length, 3, 10);
        foreach (FamilyVariant variant in family.Variants)
        {
            PreparedVariant one = new(family, variant, 1), again = new(family, variant, 1), other = new(family, variant, 2);
            Assert.Equal(Starts(one), Starts(again));
            if (one.Movers.Length > 0) Assert.NotEqual(Starts(one), Starts(other));
            Assert.True(one.LastSeconds > 60);
        }

        static string Starts(PreparedVariant run) =>
            string.Join(';', run.Movers.Select(mover => $"{mover.Movement.Id} {mover.Movement.At(mover.Movement.StartSeconds)}"));
    }

    [Fact]
    public void The_families_cover_threats_of_every_kind_and_days_without_one()
    {
        Family[] families = [.. All.Select(row => Invented.Family(row.Data))];
        Assert.InRange(families.Length, 12, 100);
        foreach (ThreatKind kind in Enum.GetValues<ThreatKind>().Where(kind => kind != ThreatKind.Unknown))
            Assert.Contains(families, family => family.Variants.Any(variant => variant.Movers.Any(plan => plan.Threat == kind)));
        Assert.Contains(families, family => family.Variants.All(variant => variant.Movers.All(plan => plan.Threat is null)));
    }

    [Fact]
    public void The_country_is_a_tree_of_places_in_districts_in_regions()
    {
        Country country = Invented.Shipped;
        Assert.InRange(country.Zones.Length, 30, 60);
        Assert.Equal([0, 1, 2], country.Zones.Select(country.LevelOf).Distinct().Order());
        Assert.Equal(5, country.Zones.Count(zone => country.LevelOf(zone) == 2));
        Assert.Contains(country.Sensors, sensor => sensor.Kind == SensorKind.Radar3D);
        Assert.Contains(country.Sensors, sensor => sensor.Kind == SensorKind.Adsb);
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "    pattern: attack", "    pattern: atack", "must be one of" },
        { "    threat: aircraft", "    threat: fighter", "must be one of" },
        { "    speed_mps: [220, 270]", "    speed_mps: [270, 220]", "two in order" },
        { "    speed_mps: [220, 270]", "    sped_mps: [220, 270]", "did you mean 'speed_mps'" },
        { "    height_m: [7000, 11000]", "    height_m: [7000, 11000, 12000]", "two in order" },
        { "    start_s: [40, 80]", "    start_s: [40, 80]\n    arrive_s: 900", "either start_s or arrive_s" },
        { "  - id: east-turning", "  - id: north", "'north' is used before" },
        { "set: {RAID: {azimuth_deg: [60", "set: {RIAD: {azimuth_deg: [60", "there is no mover 'RIAD'" },
        { "    end: back", "    end: back\n    aims: [P-99]", "there is no zone 'P-99'" },
        { "country: country.yaml", "country: elsewhere.yaml", "no country that can be read" },
        { "schema: nadhir-family/1", "schema: nadhir-family/2", "must be nadhir-family/1" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_in_a_family_is_refused_at_its_line(string right, string wrong, string message)
    {
        string text = Invented.Text("jets-high");
        int at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        FamilyReading.Faulty faulty = Assert.IsType<FamilyReading.Faulty>(
            Invented.Read(text[..at] + wrong + text[(at + right.Length)..]));
        DocumentFault fault = faulty.Faults.First(each => each.Message.Contains(message, StringComparison.Ordinal));
        int line = 1 + text[..at].Count(letter => letter == '\n');
        Assert.InRange(fault.Line, line, line + 1);
    }

    [Fact]
    public void A_country_whose_zone_lies_outside_its_border_or_hangs_on_itself_is_refused()
    {
        string text = Invented.Text("country");
        Refused(text.Replace("lat: -28.878, lon: -20.256", "lat: -20.878, lon: -20.256", StringComparison.Ordinal), "outside the border");
        Refused(text.Replace("parent: D-NORTH-1, lat: -28.878", "parent: P-01, lat: -28.878", StringComparison.Ordinal), "its own ancestor");
        Refused(text.Replace("parent: D-NORTH-1, lat: -28.878", "parent: D-NORTH-9, lat: -28.878", StringComparison.Ordinal), "there is no zone");

        static void Refused(string text, string message) =>
            Assert.Contains(Assert.IsType<CountryReading.Faulty>(CountryLoader.Load(text)).Faults,
                fault => fault.Message.Contains(message, StringComparison.Ordinal) && fault.Line > 1);
    }
}

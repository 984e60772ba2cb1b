using Nadhir.Documents;

namespace Nadhir.Simulation.Scenarios;

/// <summary>Reads how fast the simulated people act.</summary>
static class PeopleSection
{
    public static DutyOfficerPace Read(YamlMap? map)
    {
        DutyOfficerPace standard = new();
        if (map is null) return standard;
        return new()
        {
            AcknowledgeSeconds = map.Number("acknowledge_s", 0, 3600, standard.AcknowledgeSeconds),
            ReleaseSeconds = map.Number("release_s", 0, 3600, standard.ReleaseSeconds),
            AllClearSeconds = map.Number("all_clear_s", 0, 3600, standard.AllClearSeconds),
            DirectiveSeconds = map.Number("directive_s", 0, 86400, standard.DirectiveSeconds),
        };
    }
}

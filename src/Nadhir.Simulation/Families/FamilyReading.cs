using System.Collections.Immutable;
using Nadhir.Documents;

namespace Nadhir.Simulation.Families;

/// <summary>A family, or everything that is wrong with its file.</summary>
public abstract record FamilyReading
{
    FamilyReading() { }

    public sealed record Loaded(Family Family) : FamilyReading;

    public sealed record Faulty(ImmutableArray<DocumentFault> Faults) : FamilyReading;
}

/// <summary>A country, or everything that is wrong with its file.</summary>
public abstract record CountryReading
{
    CountryReading() { }

    public sealed record Loaded(Country Country) : CountryReading;

    public sealed record Faulty(ImmutableArray<DocumentFault> Faults) : CountryReading;
}

using System.Collections.Immutable;

namespace Nadhir.Formats.ModeS.Registers;

/// <summary>
/// Which register a Comm-B reply holds: the reply does not say, only who asked knows. A register is a candidate when the
/// bits could be its own (<see cref="RegisterDefinition.IsPlausible"/>); several candidates are ambiguous, and stay so.
/// </summary>
public static class RegisterInference
{
    /// <summary>What ground stations ask for as a rule: 1,0 1,7 2,0 3,0 4,0 5,0 6,0.</summary>
    public static ImmutableArray<RegisterDefinition> Usual { get; } =
    [
        .. RegisterCatalogue.All.Where(register =>
            register.Number is 0x10 or 0x17 or 0x20 or 0x30 or 0x40 or 0x50 or 0x60),
    ];

    /// <summary>The usual ones and the weather, 4,4 and 4,5.</summary>
    public static ImmutableArray<RegisterDefinition> WithWeather { get; } =
        [.. RegisterCatalogue.All.Where(register => Usual.Contains(register) || register.Number is 0x44 or 0x45)];

    /// <summary>The registers of a list whose bits these could be.</summary>
    /// <param name="among">Default: the usual ones.</param>
    public static ImmutableArray<RegisterDefinition> Candidates(
        ulong contents, ImmutableArray<RegisterDefinition> among = default) =>
        [.. (among.IsDefault ? Usual : among).Where(register => register.IsPlausible(contents))];

    /// <summary>The only candidate; null when there is none or more than one. Takes no memory.</summary>
    public static RegisterDefinition? Only(ulong contents, ImmutableArray<RegisterDefinition> among = default)
    {
        RegisterDefinition? only = null;
        foreach (RegisterDefinition register in among.IsDefault ? Usual : among)
        {
            if (!register.IsPlausible(contents)) continue;
            if (only is not null) return null;
            only = register;
        }

        return only;
    }
}

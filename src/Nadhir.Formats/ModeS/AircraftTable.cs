using System.Runtime.CompilerServices;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// What a feed has heard of each address lately. Holds at most <see cref="Capacity"/> addresses in sets of eight; a new
/// one that finds its set full takes the place of one heard only once, and among those, or if there is none, of the
/// longest silent. So a flood of made-up addresses that speak once sheds itself first. Not thread safe.
/// </summary>
public sealed class AircraftTable
{
    public const int Capacity = 8192;
    /// <summary>What was heard longer ago is forgotten when the address speaks again.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(5);

    const int Ways = 8, Sets = Capacity / Ways;
    const uint Taken = 0x8000_0000;

    readonly uint[] keys = new uint[Capacity];
    readonly AircraftState[] states = new AircraftState[Capacity];

    /// <summary>Addresses that had to make place for others.</summary>
    public long Shed { get; private set; }

    /// <summary>The address, as new when it was not heard lately.</summary>
    internal ref AircraftState Hear(uint key, long ticks)
    {
        int row = FindRow(key);
        if (row < 0)
        {
            row = PlaceFor(key);
            keys[row] = key | Taken;
            states[row] = AircraftState.New;
        }
        else if (ticks - states[row].HeardAt > ForgottenAfter.Ticks)
        {
            states[row] = AircraftState.New;
        }

        ref AircraftState state = ref states[row];
        state.HeardAt = ticks;
        state.Messages = Math.Min(state.Messages + 1, 1000);
        return ref state;
    }

    /// <summary>The address if it is held, else a null reference.</summary>
    internal ref AircraftState Find(uint key)
    {
        int row = FindRow(key);
        if (row < 0) return ref Unsafe.NullRef<AircraftState>();
        return ref states[row];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int FindRow(uint key)
    {
        int from = SetOf(key);
        ReadOnlySpan<uint> set = keys.AsSpan(from, Ways);
        int way = set.IndexOf(key | Taken);
        return way < 0 ? -1 : from + way;
    }

    int PlaceFor(uint key)
    {
        int from = SetOf(key), worst = from;
        for (int row = from; row < from + Ways; row++)
        {
            if (keys[row] == 0) return row;
            bool once = states[row].Messages <= 1, worstOnce = states[worst].Messages <= 1;
            if (once == worstOnce ? states[row].HeardAt < states[worst].HeardAt : once) worst = row;
        }

        Shed++;
        return worst;
    }

    /// <summary>Addresses of one country differ in their low bits only: the product spreads them.</summary>
    static int SetOf(uint key) => (int)((key * 2654435769u) >> 22) * Ways;

    static AircraftTable() => Invariant.Require(Sets == 1 << 10, "ten bits of the product choose the set");
}

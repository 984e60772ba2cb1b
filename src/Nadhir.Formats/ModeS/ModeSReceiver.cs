using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS;

/// <summary>What a receiver makes of a message.</summary>
public enum Hearing : byte
{
    /// <summary>Its parity is good, or leaves an address that was announced lately.</summary>
    Believed,
    /// <summary>Address/parity of an address not announced lately: it may be noise. Not a fault.</summary>
    UnknownAddress,
    /// <summary>The parity is wrong, and was not repaired.</summary>
    WrongParity,
    /// <summary>56 bits for a format of 112, or the other way round.</summary>
    WrongLength,
    /// <summary>A format that tells nothing here: military (DF 19 but for AF 0), reserved.</summary>
    Unused,
}

/// <summary>Who a message comes from.</summary>
/// <param name="Address">24 bits.</param>
/// <param name="IsIcao">The address is an aircraft's own, else one made up by it or by a ground station.</param>
/// <param name="Relay">Who put it on air.</param>
/// <param name="Inferred">The address was laid over the parity: believed because it was announced lately.</param>
public readonly record struct Sender(uint Address, bool IsIcao, Relay Relay, bool Inferred)
{
    /// <summary>The aircraft says it of itself, on this link or on another that a ground station repeats.</summary>
    public bool IsOwnWord => Relay is Relay.None or Relay.Rebroadcast;

    /// <summary>Keeps apart what comes from the aircraft and what others say about it.</summary>
    internal uint Key => Address | (IsIcao ? 0 : 1u << 24) | ((uint)Relay << 25);
}

/// <summary>
/// Tells messages from noise as one receiver hears them. DF 17 and 18 stand by their parity, and so does a squitter of
/// DF 11; a DF 11 that answers an interrogator leaves 7 bits of the parity open and counts only for an address already
/// known. Address/parity is believed of an address announced in the last <see cref="BelievedFor"/>. A repaired message
/// never makes an address known. State is bounded by <see cref="AircraftTable.Capacity"/>. Not thread safe.
/// </summary>
public sealed class ModeSReceiver(BitRepair repair = BitRepair.ExtendedSquitter)
{
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(60);

    readonly AircraftTable aircraft = new();

    public long Repaired { get; private set; }

    internal AircraftTable Aircraft => aircraft;

    /// <param name="message">Put right when it was repaired.</param>
    /// <param name="ticks">When it was received; only differences matter.</param>
    public Hearing Hear(ref ModeSMessage message, long ticks, out Sender sender)
    {
        sender = default;
        if (!message.HasLengthOfItsFormat) return Hearing.WrongLength;
        switch (message.Format)
        {
            case 17:
                sender = new(message.AnnouncedAddress, true, Relay.None, false);
                return Announced(ref message, ticks, sender, out sender);
            case 18:
                return NonTransponder(ref message, ticks, out sender);
            case 19 when message.Capability == 0:
                sender = new(message.AnnouncedAddress, true, Relay.None, false);
                return Announced(ref message, ticks, sender, out sender);
            case 11:
                return AllCall(message, ticks, out sender);
            case 0 or 4 or 5 or 16 or 20 or 21 or 24:
                sender = new(message.Residual, true, Relay.None, true);
                if (!IsKnown(message.Residual, ticks)) return Hearing.UnknownAddress;
                return Hearing.Believed;
            default:
                return Hearing.Unused;
        }
    }

    Hearing AllCall(in ModeSMessage message, long ticks, out Sender sender)
    {
        sender = new(message.AnnouncedAddress, true, Relay.None, false);
        if ((message.Residual & ~0x7Fu) != 0) return Hearing.WrongParity;
        if (message.Residual != 0 && !IsKnown(message.AnnouncedAddress, ticks)) return Hearing.UnknownAddress;
        aircraft.Hear(message.AnnouncedAddress, ticks).AnnouncedAt = ticks;
        return Hearing.Believed;
    }

    Hearing NonTransponder(ref ModeSMessage message, long ticks, out Sender sender)
    {
        // The control field comes before the repair: a wrong bit may lie in it.
        if (message.Residual != 0 && !TryRepair(ref message)) return Wrong(out sender);
        uint address = message.AnnouncedAddress;
        switch (message.Capability)
        {
            case 0:
                return Announced(ref message, ticks, new(address, true, Relay.None, false), out sender);
            case 1:
                return Announced(ref message, ticks, new(address, false, Relay.None, false), out sender);
            case 2:
                bool own = !MarksOwnAddress(message.Field);
                return Announced(ref message, ticks, new(address, own, Relay.TrafficInformation, false), out sender);
            case 3:
                bool named = !CoarsePosition.MarksOwnAddress(message.Field);
                return Announced(ref message, ticks, new(address, named, Relay.TrafficInformation, false), out sender);
            case 5:
                return Announced(ref message, ticks, new(address, false, Relay.TrafficInformation, false), out sender);
            case 6:
                bool icao = !MarksOwnAddress(message.Field);
                return Announced(ref message, ticks, new(address, icao, Relay.Rebroadcast, false), out sender);
            default:
                sender = default;
                return Hearing.Unused;
        }
    }

    static Hearing Wrong(out Sender sender)
    {
        sender = default;
        return Hearing.WrongParity;
    }

    Hearing Announced(ref ModeSMessage message, long ticks, Sender who, out Sender sender)
    {
        if (message.Residual != 0)
        {
            if (message.Format != 17 || !TryRepair(ref message))
            {
                sender = who;
                return Hearing.WrongParity;
            }

            who = who with { Address = message.AnnouncedAddress };
        }

        sender = who;
        if (message.RepairedBit >= 0)
        {
            if (!IsKnown(who.Address, ticks)) return Hearing.UnknownAddress;
            Repaired++;
        }
        else if (who.IsIcao)
        {
            aircraft.Hear(who.Address, ticks).AnnouncedAt = ticks;
        }

        return Hearing.Believed;
    }

    bool TryRepair(ref ModeSMessage message) =>
        repair == BitRepair.ExtendedSquitter && message.TryRepair(out message);

    bool IsKnown(uint address, long ticks)
    {
        ref AircraftState state = ref aircraft.Find(address);
        return !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref state)
            && Math.Abs(ticks - state.AnnouncedAt) <= BelievedFor.Ticks;
    }

    /// <summary>
    /// The IMF bit of TIS-B and ADS-R: the address is not the aircraft's own. Where it lies depends on the type
    /// (DO-260B, table 2-143); identification has none.
    /// </summary>
    static bool MarksOwnAddress(ulong field) => SquitterType.Of(field) switch
    {
        >= 5 and <= 8 => field.Bit(21),
        >= 9 and <= 18 or >= 20 and <= 22 or 0 => field.Bit(8),
        19 => field.Bit(9),
        28 or 31 => field.Bit(56),
        29 => field.Bit(51),
        _ => false,
    };
}

using System.Collections.Frozen;

namespace Nadhir.Sensing;

/// <summary>
/// What a sensor takes an object for: a fixed vocabulary, so that no stranger's words go through the system. It is the
/// sensor's claim, never a verdict, and decides nothing. Words that are not in it are <see cref="Other"/>; the record
/// keeps them as they came.
/// </summary>
public enum ObjectClass : byte
{
    None,
    /// <summary>Something that flies, not said what.</summary>
    Aircraft,
    Aeroplane,
    Jet,
    Propeller,
    Helicopter,
    /// <summary>An uncrewed aircraft, not said of what kind.</summary>
    Uav,
    UavFixedWing,
    UavRotor,
    /// <summary>It takes off upwards and flies on wings.</summary>
    UavHybrid,
    Glider,
    /// <summary>Balloon or airship.</summary>
    Balloon,
    Parachute,
    /// <summary>Guided or not: sources do not keep the two apart.</summary>
    Rocket,
    Bird,
    Person,
    Vehicle,
    Vessel,
    Other,
}

/// <summary>What a measurement says of the object besides where it is. Four bytes; the default says nothing.</summary>
public readonly record struct ObjectReport
{
    /// <summary>
    /// From the lowest bit: the class, 8 bits; one more than the per cent of confidence, 8; one more than the tenths
    /// of a decibel from −1,000, 16. Zero is not told.
    /// </summary>
    internal readonly uint Packed;

    internal ObjectReport(uint packed) => Packed = packed;

    /// <param name="confidence">0 to 1; NaN when not told.</param>
    /// <param name="levelDecibels">How loud it is where it is heard, −1,000 to 1,000; NaN when not told.</param>
    public ObjectReport(ObjectClass of, double confidence = double.NaN, double levelDecibels = double.NaN)
    {
        Packed = (uint)of;
        if (confidence is >= 0 and <= 1 && of != ObjectClass.None)
            Packed |= (uint)(1 + Math.Round(100 * confidence)) << 8;
        if (Math.Abs(levelDecibels) <= 1000) Packed |= (uint)(10_001 + Math.Round(10 * levelDecibels)) << 16;
    }

    public ObjectClass Class => (ObjectClass)(byte)Packed;
    /// <summary>The sensor's own, 0 to 1 by hundredths; what it means differs from maker to maker.</summary>
    public double? Confidence => (byte)(Packed >> 8) is var told and > 0 ? (told - 1) / 100.0 : null;
    public double? LevelDecibels => Packed >> 16 is var told and > 0 ? (told - 10_001.0) / 10 : null;

    internal bool SaysSomething => Packed != 0;
}

/// <summary>What a sensor last took a track for.</summary>
/// <param name="Sensor">Its index.</param>
public readonly record struct SensorReport(int Sensor, ObjectReport Said);

/// <summary>Words that sources use for what they see.</summary>
public static class ObjectWords
{
    const int Longest = 40;

    static readonly FrozenDictionary<string, ObjectClass> words = new (ObjectClass Class, string Words)[]
    {
        (ObjectClass.None, "unknown unspecified unclassified undefined none noclass"),
        (ObjectClass.Aircraft,
            "aircraft airvehicle airborne airborneobject flyingobject airtarget manned mannedaircraft"),
        (ObjectClass.Aeroplane, "aeroplane airplane plane fixedwing mannedfixedwing fixedwingaircraft airliner"),
        (ObjectClass.Jet, "jet jetaircraft jetengine turbojet turbofan fighter"),
        (ObjectClass.Propeller, "propeller prop propelleraircraft propellerengine turboprop piston pistonengine"),
        (ObjectClass.Helicopter, "helicopter heli rotarywing mannedrotarywing rotorcraft"),
        (ObjectClass.Uav, "uav uas suas rpas drone uncrewedaircraft unmannedaircraft"),
        (ObjectClass.Uav, "unmannedaerialvehicle uncrewedaerialvehicle"),
        (ObjectClass.UavFixedWing, "uavfixedwing fixedwinguav fixedwingdrone dronefixedwing"),
        (ObjectClass.UavRotor, "uavrotarywing rotarywinguav rotarydrone multirotor uavmultirotor uavrotor"),
        (ObjectClass.UavRotor, "multicopter quadcopter quadrotor hexacopter octocopter"),
        (ObjectClass.UavHybrid, "vtol hybridlift uavvtol vtoluav uavhybrid"),
        (ObjectClass.Glider, "glider sailplane"),
        (ObjectClass.Balloon, "balloon freeballoon captiveballoon airship lighterthanair"),
        (ObjectClass.Parachute, "parachute parachutist"),
        (ObjectClass.Rocket, "rocket missile cruisemissile ballisticmissile"),
        (ObjectClass.Bird, "bird birds"),
        (ObjectClass.Person, "human person people pedestrian"),
        (ObjectClass.Vehicle, "vehicle landvehicle groundvehicle car truck"),
        (ObjectClass.Vessel, "vessel seavessel boat ship"),
    }.SelectMany(row => row.Words.Split(' ').Select(word => (word, row.Class)))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Class, StringComparer.Ordinal);

    static readonly FrozenDictionary<string, ObjectClass>.AlternateLookup<ReadOnlySpan<char>> bySpan =
        words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The class a word or two stand for, whatever the case and what is between them; <see cref="ObjectClass.None"/>
    /// for none and for those that say it is unknown.
    /// </summary>
    public static ObjectClass Read(ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char[Longest];
        int length = 0;
        foreach (char letter in text)
        {
            if (letter is ' ' or '_' or '-' or '.' or '/') continue;
            if (length == Longest) return ObjectClass.Other;
            plain[length++] = char.ToLowerInvariant(letter);
        }

        if (length == 0) return ObjectClass.None;
        return bySpan.TryGetValue(plain[..length], out ObjectClass found) ? found : ObjectClass.Other;
    }
}

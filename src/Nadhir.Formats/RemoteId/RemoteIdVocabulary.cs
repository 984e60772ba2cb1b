namespace Nadhir.Formats.RemoteId;

/// <summary>Message types of ASTM F3411-22a, table 5; ASD-STAN EN 4709-002 uses the same.</summary>
public enum RemoteIdMessageType : byte
{
    BasicId = 0,
    Location = 1,
    Authentication = 2,
    SelfId = 3,
    System = 4,
    OperatorId = 5,
    /// <summary>Up to nine messages sent as one.</summary>
    MessagePack = 15,
}

/// <summary>What a UAS identifier is (Basic ID message).</summary>
public enum RemoteIdIdType : byte
{
    None = 0,
    /// <summary>By ANSI/CTA-2063-A: four characters for the maker, one for the length, the serial number.</summary>
    SerialNumber = 1,
    /// <summary>Given by a civil aviation authority.</summary>
    RegistrationId = 2,
    /// <summary>Given by a UAS traffic management system; 16 bytes.</summary>
    UtmUuid = 3,
    /// <summary>For one flight; the first byte says by which scheme.</summary>
    SessionId = 4,
}

/// <summary>What the aircraft says of its flight (Location message).</summary>
public enum RemoteIdStatus : byte
{
    Undeclared = 0,
    Ground = 1,
    Airborne = 2,
    Emergency = 3,
    /// <summary>Its remote identification does not work as it should.</summary>
    RemoteIdFailure = 4,
}

/// <summary>What the operator's position in a System message is.</summary>
public enum OperatorLocation : byte { TakeOff = 0, Live = 1, Fixed = 2 }

using System.Globalization;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>
/// What we decode, told in the layout of another decoder's text, so that the two can be compared line by line.
/// </summary>
static class Dump1090Text
{
    static readonly string[] accuracyOfTypeCode = ["0", "", "", "", "", "9", "8", "7", "6", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0"];

    public static List<string> Of(in ModeSMessage message, in Sender sender, ulong counter, byte signal, GeoPoint? place)
    {
        List<string> lines =
        [
            $"*{message};",
            $"CRC: {message.Residual:x6}",
            Line($"RSSI: {20 * Math.Log10(signal / 255.0):0.0} dBFS"),
            Line($"Time: {counter / 12.0:0.00}us"),
            Header(message, sender),
            Title(message),
            $"ICAO Address:  {sender.Address:X6} (Mode S / ADS-B)",
            $"Air/Ground:    {AirGround(message)}",
        ];
        if (message.Format is 0 or 4 or 16 or 20 && message.AltitudeFeet is { } feet) lines.Add($"Altitude:      {feet} ft barometric");
        if (message.Format is 5 or 21) lines.Add($"Squawk:        {Octal(message.Identity)}");
        if (message.Format == 17) AddSquitter(lines, message.Field, place);
        return lines;
    }

    static string Header(in ModeSMessage m, in Sender sender)
    {
        string code = $"AC:{m.Code}", identity = $"ID:{m.Code}", field = m.Field.ToString("X14", CultureInfo.InvariantCulture);
        string replied = $"FS:{m.FlightStatus} DR:{m.DownlinkRequest} UM:{m.UtilityMessage}";
        string address = sender.Address.ToString("X6", CultureInfo.InvariantCulture);
        int ground = m.VerticalStatus ? 1 : 0;
        return m.Format switch
        {
            0 => $"DF:0 addr:{address} VS:{ground} CC:{(m.Crosslink ? 1 : 0)} SL:{m.SensitivityLevel} RI:{m.ReplyInformation} {code}",
            4 => $"DF:4 addr:{address} {replied} {code}",
            5 => $"DF:5 addr:{address} {replied} {identity}",
            11 => $"DF:11 AA:{address} IID:{m.Interrogator} CA:{m.Capability}",
            16 => $"DF:16 addr:{address} VS:{ground} SL:{m.SensitivityLevel} RI:{m.ReplyInformation} {code} MV:{field}",
            17 => $"DF:17 AA:{address} CA:{m.Capability} ME:{field}",
            20 => $"DF:20 addr:{address} {replied} {code} MB:{field}",
            21 => $"DF:21 addr:{address} {replied} {identity} MB:{field}",
            _ => "",
        };
    }

    static string Title(in ModeSMessage message) => message.Format switch
    {
        0 => "Short Air-Air Surveillance",
        4 => "Survelliance, Altitude Reply",
        5 => "Survelliance, Identity Reply",
        11 => "All Call Reply",
        16 => "Long Air-Air ACAS",
        20 => "Comm-B, Altitude Reply",
        21 => "Comm-B, Identity Reply",
        _ => "Extended Squitter " + SquitterTitle(message.Field),
    };

    static string SquitterTitle(ulong field)
    {
        int type = SquitterType.Of(field), subtype = field.Bits(6, 3);
        return SquitterType.KindOf(field) switch
        {
            SquitterKind.Identification => $"Aircraft identification and category ({type})",
            SquitterKind.AirbornePosition => $"Airborne position (barometric altitude) ({type})",
            SquitterKind.Velocity => $"Airborne velocity over ground, subsonic ({type}/{subtype})",
            SquitterKind.Status => $"Emergency/priority status ({type}/{subtype})",
            SquitterKind.TargetState => $"Target state and status (V2) ({type}/{TargetState.Read(field).Subtype})",
            SquitterKind.OperationalStatus => $"Aircraft operational status (airborne) ({type}/{subtype})",
            _ => "",
        };
    }

    static string AirGround(in ModeSMessage message) => message.Format switch
    {
        11 or 17 => message.Capability switch { 4 => "ground", 5 => "airborne", _ => "airborne?" },
        0 or 16 => message.VerticalStatus ? "ground" : "airborne?",
        _ => message.FlightStatus is 1 or 3 ? "ground" : "airborne?",
    };

    static void AddSquitter(List<string> lines, ulong field, GeoPoint? place)
    {
        switch (SquitterType.KindOf(field))
        {
            case SquitterKind.Identification:
                AircraftIdentification named = AircraftIdentification.Read(field);
                Span<char> characters = stackalloc char[8];
                named.Spell(characters);
                lines.Add($"Ident:         {new string(characters).TrimEnd()}");
                lines.Add($"Category:      {named.Set}{named.Category}");
                break;
            case SquitterKind.AirbornePosition:
                AddPosition(lines, AirbornePosition.Read(field), place);
                break;
            case SquitterKind.Velocity:
                AddVelocity(lines, AirborneVelocity.Read(field));
                break;
            case SquitterKind.Status:
                lines.Add($"Squawk:        {Octal(AircraftStatus.Read(field).Mode3A)}");
                break;
            case SquitterKind.TargetState:
                AddTarget(lines, TargetState.Read(field));
                break;
            case SquitterKind.OperationalStatus:
                AddOperational(lines, OperationalStatus.Read(field));
                break;
        }
    }

    static void AddPosition(List<string> lines, in AirbornePosition told, GeoPoint? place)
    {
        lines.Add($"Altitude:      {told.AltitudeFeet} ft barometric");
        lines.Add("CPR type:      Airborne");
        lines.Add($"CPR odd flag:  {(told.Place.IsOdd ? "odd" : "even")}");
        lines.Add($"CPR NUCp/NIC:  {accuracyOfTypeCode[told.TypeCode]}");
        string north = place is { } p ? Line($"{p.LatitudeDegrees:0.00000} ") : "", east = place is { } q ? Line($"{q.LongitudeDegrees:0.00000} ") : "";
        lines.Add($"CPR latitude:  {north}({told.Place.Latitude})");
        lines.Add($"CPR longitude: {east}({told.Place.Longitude})");
        lines.Add($"CPR decoding:  {(place is null ? "none" : "global")}");
    }

    static void AddVelocity(List<string> lines, in AirborneVelocity told)
    {
        if (told.GeometricLessBarometricFeet is { } difference) lines.Add($"GNSS delta:    {difference} ft");
        // It cuts the speed off, and rounds westerly headings towards north before it adds the full turn.
        double track = told.TrackDegrees;
        double heading = Math.Truncate((track <= 180 ? track : track - 360) + 0.5);
        if (heading < 0) heading += 360;
        lines.Add($"Heading:       {(int)heading}");
        lines.Add(Line($"Speed:         {Math.Floor(told.GroundSpeedKnots):0} kt groundspeed"));
        // It reads the source bit the wrong way round: DO-260B says 0 geometric, 1 barometric.
        if (told.ClimbFeetPerMinute is { } climb)
            lines.Add($"Vertical rate: {climb} ft/min {(told.IsClimbBarometric ? "GNSS" : "barometric")}");
    }

    static void AddTarget(List<string> lines, in TargetState told)
    {
        lines.Add("Target State and Status:");
        if (told.SelectedAltitudeFeet is { } feet) lines.Add($"Target altitude:   {(told.IsFromFlightManagement ? "FMS" : "MCP")}, {feet} ft");
        if (double.IsFinite(told.AltimeterSettingMillibars)) lines.Add(Line($"Altimeter setting: {told.AltimeterSettingMillibars:0.0} millibars"));
        if (double.IsFinite(told.SelectedHeadingDegrees)) lines.Add(Line($"Target heading:    {Math.Floor(told.SelectedHeadingDegrees):0}"));
        if (told.AcasOperational) lines.Add("ACAS:              operational");
        lines.Add($"NACp:              {told.PositionAccuracy}");
        lines.Add($"NICbaro:           {(told.BarometricIntegrity ? 1 : 0)}");
        // It says "per sample" whatever bit 8 says; the operational status of the same aircraft says per hour, as we do.
        Assert.False(told.IsPerSample);
        lines.Add($"SIL:               {told.IntegrityLevel} (per sample)");
    }

    static void AddOperational(List<string> lines, in OperationalStatus told)
    {
        lines.Add("Aircraft Operational Status:");
        lines.Add($"Version:            {told.Version}");
        lines.Add("Capability classes: " + (told.AcasOperational ? "ACAS " : "") + (told.AirReferencedVelocity ? "ARV " : "") + (told.TargetStateReports ? "TS " : ""));
        lines.Add("Operational modes:  " + (told.SingleAntenna ? "SAF " : "") + $"SDA={told.DesignAssurance} ");
        lines.Add($"NACp:               {told.PositionAccuracy}");
        lines.Add($"GVA:                {told.VerticalAccuracy}");
        lines.Add($"SIL:                {told.IntegrityLevel} ({(told.IsPerSample ? "per sample" : "per hour")})");
        lines.Add($"NICbaro:            {(told.BarometricIntegrity ? 1 : 0)}");
        lines.Add($"Heading reference:  {(told.IsMagnetic ? "magnetic" : "true")} north");
    }

    static string Octal(int code) => Convert.ToString(code, 8).PadLeft(4, '0');

    static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Text.Json;
using Nadhir.Formats.Json;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// What JSON with sections named after the messages says of one aircraft: an object with all sections, or a list of
/// objects with one each. Texts with units ("118.5 m") are numbers; accuracies and times are not read, as senders
/// write them in many ways: the sensor's accuracy and the time of arrival stand for them.
/// </summary>
readonly record struct RemoteIdSections(
    RemoteIdBasicId Identity, RemoteIdLocation Location, string? Address, bool IsPlaceOdd)
{
    const string BasicId = "Basic ID", Place = "Location/Vector Message";
    /// <summary>Sections looked at in a list.</summary>
    const int Most = 32;
    static readonly string[] sections = [BasicId, Place, "Self-ID Message", "System Message", "Operator ID Message"];

    public static bool IsOne(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Object) return HasSection(document);
        if (document.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement each in document.EnumerateArray().Take(Most))
            if (HasSection(each)) return true;
        return false;
    }

    public static RemoteIdSections Read(JsonElement document)
    {
        RemoteIdSections read = new(default, new(), null, false);
        if (document.ValueKind == JsonValueKind.Object) return read.With(document);
        foreach (JsonElement each in document.EnumerateArray().Take(Most)) read = read.With(each);
        return read;
    }

    public static bool IsPlace(in RemoteIdLocation location) =>
        location is { LatitudeDegrees: >= -90 and <= 90, LongitudeDegrees: >= -180 and <= 180 }
        && (location.LatitudeDegrees != 0 || location.LongitudeDegrees != 0);

    RemoteIdSections With(JsonElement part)
    {
        RemoteIdSections read = this;
        if (part.Text("MAC") is { } own) read = read with { Address = own };
        foreach (string section in sections)
            if (part.Member(section)?.Text("MAC") is { } address) read = read with { Address = address };
        if (part.Member(BasicId) is { } said && said.Text("id") is { } id)
            read = read with { Identity = new(TypeOf(said), (byte)TypeOfAircraft(said), ShortText.From(id)) };
        if (part.Member(Place) is not { } place) return read;
        RemoteIdLocation location = new()
        {
            LatitudeDegrees = place.Number("latitude"),
            LongitudeDegrees = place.Number("longitude"),
            GeodeticAltitudeMetres = Altitude(place.Number("geodetic_altitude")),
            PressureAltitudeMetres = Altitude(place.Number("pressure_altitude")),
            HeightMetres = place.Number("height_agl"),
            SpeedMetresPerSecond = place.Number("speed"),
            ClimbMetresPerSecond = place.Number("vert_speed"),
            TrackDegrees = place.Number("direction"),
        };
        bool told = !double.IsNaN(location.LatitudeDegrees) && !double.IsNaN(location.LongitudeDegrees);
        bool odd = told && !IsPlace(location) && (location.LatitudeDegrees != 0 || location.LongitudeDegrees != 0);
        return read with { Location = location, IsPlaceOdd = odd };
    }

    static double Altitude(double metres) => metres <= -1000 ? double.NaN : metres;

    static double TypeOfAircraft(JsonElement said) => said.Number("ua_type") is >= 0 and <= 15 and var type ? type : 0;

    static RemoteIdIdType TypeOf(JsonElement said)
    {
        string type = said.Text("id_type") ?? "";
        if (type.Contains("CAA", StringComparison.OrdinalIgnoreCase)) return RemoteIdIdType.RegistrationId;
        if (type.Contains("UTM", StringComparison.OrdinalIgnoreCase)) return RemoteIdIdType.UtmUuid;
        return type.Contains("Session", StringComparison.OrdinalIgnoreCase) ? RemoteIdIdType.SessionId
            : RemoteIdIdType.SerialNumber;
    }

    static bool HasSection(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return false;
        foreach (string section in sections)
            if (element.Member(section) is not null) return true;
        return false;
    }
}

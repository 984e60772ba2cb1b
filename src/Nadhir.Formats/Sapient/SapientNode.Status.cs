using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Formats.Sapient;

/// <summary>What a node's status reports say.</summary>
public sealed partial class SapientNode
{
    const long NotDetecting = 11;
    const long StatusError = 4;
    const long InternalFault = 1;

    void Report(SapientDocument document, int report)
    {
        System = document.Integer(report, SapientFields.Reported.System) switch
        {
            1 => NodeSystem.Ok,
            2 => NodeSystem.Warning,
            3 => NodeSystem.Error,
            5 => NodeSystem.Goodbye,
            _ => NodeSystem.Unknown,
        };
        string name = Cut(document, report, SapientFields.Reported.Mode);
        Mode = modes.Find(mode => mode.Name == name) ?? Mode;
        ReadPower(document, document.Find(report, SapientFields.Reported.Power));
        bool blind = false;
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        for (int i = document.Find(report, SapientFields.Reported.Status); i >= 0; i = document.FindNext(i))
        {
            long type = document.Integer(i, SapientFields.Reported.StatusType);
            long level = document.Integer(i, SapientFields.Reported.StatusLevel);
            blind |= type == NotDetecting || (type == InternalFault && level == StatusError);
            if (lines.Count < MostStatuses) lines.Add(Line(document, i, type, level));
        }

        Statuses = lines.ToImmutable();
        IsBlind = blind || System is NodeSystem.Error or NodeSystem.Goodbye;
        int location = document.Find(report, SapientFields.Reported.NodeLocation);
        if (location >= 0) Stand(document, location);
        // A report may leave out what has not changed: areas stay until others are told.
        ImmutableArray<SapientArea> told = ReadAreas(document, report);
        if (!told.IsEmpty) Areas = told;
    }

    string Words()
    {
        StringBuilder words = new(IsRegistered ? $"registered, {Type}" : "not registered");
        if (System != NodeSystem.Unknown) words.Append(", system ").Append(System);
        if (IsBlind) words.Append(", detects nothing");
        if (Mode.Name.Length > 0) words.Append(", mode ").Append(Mode.Name);
        if (Power.Length > 0) words.Append(", power ").Append(Power);
        foreach (string line in Statuses) words.Append(", ").Append(line);
        return words.ToString();
    }

    static string Line(SapientDocument document, int status, long type, long level)
    {
        string typeName = SapientFields.Reported.StatusType.Choice!.NameOf(type) ?? $"type {type}";
        string levelName = level == 0 ? ""
            : SapientFields.Reported.StatusLevel.Choice!.NameOf(level) ?? $"level {level}";
        return string.Join(' ', new[] { typeName, levelName, Cut(document, status, SapientFields.Reported.StatusValue) }
            .Where(word => word.Length > 0));
    }

    void ReadPower(SapientDocument document, int power)
    {
        if (power < 0) return;
        long status = document.Integer(power, SapientFields.Reported.PowerStatus);
        long source = document.Integer(power, SapientFields.Reported.PowerSource);
        long level = document.Integer(power, SapientFields.Reported.PowerLevel, -1);
        PowerFailed = status == 2;
        Power = string.Join(' ', new[]
        {
            SapientFields.Reported.PowerSource.Choice!.NameOf(source) ?? "",
            SapientFields.Reported.PowerStatus.Choice!.NameOf(status) ?? "",
            level < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{level} %"),
        }.Where(word => word.Length > 0));
    }

    void Stand(SapientDocument document, int location)
    {
        GeoPoint near = Position?.Point ?? new(0, 0);
        // Without a place of its own there is nothing that could settle a zone that is not told.
        if (!SapientCoordinates.TryPlace(document, location, near, zone, out SapientPlace place, out _)) return;
        double height = double.IsNaN(place.HeightMetres) ? configured?.HeightMetres ?? 0 : place.HeightMetres;
        if (Math.Abs(height) < 50_000)
            Reported = new(place.Point.LatitudeDegrees, place.Point.LongitudeDegrees, height);
    }

    ImmutableArray<SapientArea> ReadAreas(SapientDocument document, int report)
    {
        ImmutableArray<SapientArea>.Builder areas = ImmutableArray.CreateBuilder<SapientArea>();
        Add(AreaKind.FieldOfView, SapientFields.Reported.FieldOfView);
        Add(AreaKind.Coverage, SapientFields.Reported.Coverage);
        Add(AreaKind.Obscuration, SapientFields.Reported.Obscuration);
        return areas.ToImmutable();

        void Add(AreaKind kind, SapientField field)
        {
            for (int i = document.Find(report, field); i >= 0 && areas.Count < MostAreas; i = document.FindNext(i))
                if (ReadArea(document, i, kind) is { } area) areas.Add(area);
        }
    }

    SapientArea? ReadArea(SapientDocument document, int area, AreaKind kind)
    {
        int cone = document.Find(area, SapientFields.Areas.Cone);
        if (cone >= 0)
        {
            SapientRay ray = SapientCoordinates.Ray(document, cone, SapientFields.Ranged.Cone);
            // The extents are in degrees whatever the units of the rest are (field list, RangeBearingCone 4 and 5).
            double extent = document.Number(cone, SapientFields.Areas.HorizontalExtent) * Angles.DegreesToRadians;
            return new(kind, ray.AzimuthRadians, extent, ray.RangeMetres, []);
        }

        ImmutableArray<GeoPoint>.Builder corners = ImmutableArray.CreateBuilder<GeoPoint>();
        int list = document.Find(area, SapientFields.Areas.List);
        GeoPoint near = Position?.Point ?? new(0, 0);
        for (int i = document.Find(list, SapientFields.Areas.Locations);
             i >= 0 && corners.Count < MostCorners; i = document.FindNext(i))
        {
            if (SapientCoordinates.TryPlace(document, i, near, zone, out SapientPlace corner, out _))
                corners.Add(corner.Point);
        }

        return corners.Count == 0 ? null : new(kind, double.NaN, double.NaN, double.NaN, corners.ToImmutable());
    }
}

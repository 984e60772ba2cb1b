namespace Nadhir.DutyConsole;

/// <summary>
/// Maps of others that the console may lay under its own: tiles or districts in a file that we serve ourselves, or a map service. None
/// unless configured, and then the only host that the console's page may ask for pictures besides ours.
/// </summary>
public sealed record MapSources
{
    /// <summary>A PMTiles archive, of pictures or of vectors.</summary>
    public string? TilesFile { get; init; }
    public string TilesAttribution { get; init; } = "";
    public WmsSource? Wms { get; init; }
    /// <summary>Districts and their names, a GeoJSON file: no package has them.</summary>
    public string? DistrictsFile { get; init; }
    public string DistrictsAttribution { get; init; } = "";

    /// <summary>Where the console finds the tiles.</summary>
    public const string TilesPath = "/map.pmtiles";

    public const string DistrictsPath = "/districts.json";

    internal MapOffer? Offer => TilesFile is null && Wms is null && DistrictsFile is null
        ? null : new(Own(TilesFile, TilesPath, TilesAttribution), Wms, Own(DistrictsFile, DistrictsPath, DistrictsAttribution));

    static TilesOffer? Own(string? file, string path, string attribution) => file is null ? null : new(path.TrimStart('/'), attribution);

    public static void Serve(WebApplication app, MapSources sources)
    {
        if (sources.TilesFile is { } tiles)
            app.MapGet(TilesPath, () => TypedResults.PhysicalFile(tiles, "application/octet-stream", enableRangeProcessing: true)).ExcludeFromDescription();
        if (sources.DistrictsFile is { } districts)
            app.MapGet(DistrictsPath, () => TypedResults.PhysicalFile(districts, "application/geo+json")).ExcludeFromDescription();
    }
}

/// <summary>A Web Map Service (OGC WMS 1.3.0) and its layers, by comma.</summary>
public sealed record WmsSource(Uri Address, string Layers, string Attribution);

/// <summary>A file at an address of ours.</summary>
public sealed record TilesOffer(string Address, string Attribution);

/// <summary>What the console is told of them.</summary>
public sealed record MapOffer(TilesOffer? Tiles, WmsSource? Wms, TilesOffer? Districts);

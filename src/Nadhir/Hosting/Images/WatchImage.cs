namespace Nadhir.Hosting.Images;

/// <summary>
/// The state of a watch as bytes, all of it, and a watch from these bytes that goes on to the same decisions, bit for bit. An image is
/// a replay done before: it is made and read by one build alone, proves nothing, and can be thrown away at any time.
/// </summary>
static class WatchImage
{
    /// <exception cref="ImageException">The watch holds what an image cannot.</exception>
    public static ReadOnlyMemory<byte> Take(Watch watch) => new ImageWriter().Write(watch);

    /// <exception cref="ImageException">It is no image of this build, or damaged.</exception>
    public static Watch Restore(ReadOnlyMemory<byte> image) =>
        ImageReader.Read(image) as Watch ?? throw new ImageException("the image is not one of a watch");
}

using Nadhir.DutyConsole;

namespace Nadhir.Hosting;

/// <summary>What is left of the disk a record is written to.</summary>
static class DiskSpace
{
    /// <summary>Bytes free and bytes there are; null where the system does not say.</summary>
    public static HealthFigure? Free(string folder)
    {
        try
        {
            DriveInfo drive = new(Path.GetFullPath(folder));
            return new("disk", drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception silent) when (silent is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

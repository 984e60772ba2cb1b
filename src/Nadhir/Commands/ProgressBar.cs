namespace Nadhir.Commands;

/// <summary>A bar on standard error while something long goes on; nothing when that is not a terminal.</summary>
sealed class ProgressBar(string what) : IProgress<double>, IDisposable
{
    const int Width = 40;
    readonly bool shown = !Console.IsErrorRedirected;
    int last = -1;

    public void Report(double value)
    {
        int percent = (int)(Math.Clamp(value, 0, 1) * 100);
        if (!shown || percent == last) return;
        last = percent;
        int filled = percent * Width / 100;
        Console.Error.Write($"\r{what} [{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %");
    }

    public void Dispose()
    {
        if (shown && last >= 0) Console.Error.Write($"\r{new string(' ', what.Length + Width + 10)}\r");
    }
}

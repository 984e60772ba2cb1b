using System.ComponentModel;
using System.Diagnostics;

namespace Nadhir.Outlets.Sirens;

/// <summary>Switches the horn of a siren: by a GPIO pin of the kernel, or by commands of whoever built it in.</summary>
static class SirenRelay
{
    /// <summary>A command that takes longer has failed: signs of life must not wait for it.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Writes 1 and 0 to a file, as /sys/class/gpio/gpioN/value is.</summary>
    public static Func<bool, string, Task<string?>> Pin(string file, bool activeLow) => (sounds, _) =>
    {
        try
        {
            using FileStream pin = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            pin.Write(sounds != activeLow ? "1\n"u8 : "0\n"u8);
            return Task.FromResult<string?>(null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>($"the pin {file} cannot be set: {fault.Message}");
        }
    };

    /// <summary>Runs a command line with the shell; the tone is in the variable SIREN_TONE.</summary>
    public static Func<bool, string, Task<string?>> Commands(string on, string off, TimeProvider clock) => async (sounds, tone) =>
    {
        string line = sounds ? on : off;
        try
        {
            ProcessStartInfo start = new("/bin/sh", ["-c", line]) { UseShellExecute = false };
            start.Environment["SIREN_TONE"] = tone;
            using Process process = Process.Start(start)!;
            using CancellationTokenSource limit = new(Limit, clock);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return $"'{line}' took longer than {Limit.TotalSeconds:0} s and was ended";
            }

            return process.ExitCode == 0 ? null : $"'{line}' ended with {process.ExitCode}";
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or IOException)
        {
            return $"'{line}' cannot be run: {fault.Message}";
        }
    };
}

namespace Nadhir.Outlets;

/// <summary>A connection fails for a reason that we can name.</summary>
sealed class CausedException(Cause cause, Exception? inner = null) : IOException(cause.Words, inner)
{
    public Cause Cause => cause;
}

namespace Nadhir.Film;

/// <summary>The film does not hold what was written into it; it is made anew from the journal.</summary>
sealed class FilmDamagedException(string what, Exception? cause = null) : IOException(what, cause);

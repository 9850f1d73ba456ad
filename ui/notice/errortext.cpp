// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/errortext.h"

#include <QCoreApplication>

namespace queuedeck::ui {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString titleOf(base::ErrorKind kind)
{
    using base::ErrorKind;
    switch (kind) {
    case ErrorKind::Cancelled: return Words::tr("Stopped.");
    case ErrorKind::Unreachable: return Words::tr("The database does not answer.");
    case ErrorKind::Denied: return Words::tr("Refused.");
    case ErrorKind::Timeout:
        return Words::tr("The database took too long, so the query was cancelled.");
    case ErrorKind::Conflict: return Words::tr("Somebody else changed it first.");
    case ErrorKind::NotFound: return Words::tr("It is no longer there.");
    case ErrorKind::Invalid: return Words::tr("This cannot be used as it is.");
    case ErrorKind::Unsupported: return Words::tr("This is not possible here.");
    case ErrorKind::Internal: break;
    }
    return Words::tr("This went wrong in Queuedeck, not in your database.");
}

QString adviceOf(base::ErrorKind kind)
{
    using base::ErrorKind;
    switch (kind) {
    case ErrorKind::Cancelled: return Words::tr("Nothing more was done.");
    case ErrorKind::Unreachable:
        return Words::tr("The last reading stays. Nothing has been changed.");
    case ErrorKind::Denied: return Words::tr("Nothing has been changed.");
    case ErrorKind::Timeout: return Words::tr("Narrow the filter or ask again.");
    case ErrorKind::Conflict: return Words::tr("Nothing has been changed. Read again to see it.");
    case ErrorKind::NotFound:
    case ErrorKind::Invalid:
    case ErrorKind::Unsupported: return Words::tr("Nothing has been changed.");
    case ErrorKind::Internal: break;
    }
    return Words::tr("The log has the details.");
}

} // namespace

ErrorText errorText(const base::Error& error)
{
    return {titleOf(error.kind),
            error.detail.isEmpty() ? adviceOf(error.kind) : error.detail.translated()};
}

QString errorLine(const base::Error& error)
{
    const ErrorText text = errorText(error);
    // These already say that it took too long, and where.
    if (error.kind == base::ErrorKind::Timeout && !error.detail.isEmpty())
        return text.sentence;
    return Words::tr("%1 %2", "title and sentence of an error").arg(text.title, text.sentence);
}

} // namespace queuedeck::ui

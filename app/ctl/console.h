// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace queuedeck::ctl {

// The exit codes of the program.
constexpr int kDone = 0;
constexpr int kWorkFailed = 1;  ///< the work itself
constexpr int kWrongInput = 2;  ///< usage, payload, filter
constexpr int kUnreachable = 3; ///< the database, the endpoint
constexpr int kRefused = 4;     ///< for safety, or by the database or endpoint

/// Why a command did not do its work, for people, for programs and for the shell.
struct Failure
{
    base::Error error;
    QString hint;                      ///< more lines for people, such as a caret
    std::optional<qsizetype> position; ///< of the wrong character of a filter
    std::optional<int> code;           ///< the exit code, when it is not that of the kind

    Failure(base::Error what)
        : error(std::move(what))
    {
    }
    int exitCode() const;
};

/// Text from a database made harmless for a terminal: control characters and those that turn the
/// reading direction become visible ones.
QString visible(const QString& text);

/// Columns aligned by spaces, the last one as it is; without rows only the titles.
QString table(const QStringList& titles, const QVector<QStringList>& rows);

/// Results to standard output, everything else to standard error.
class Console
{
public:
    explicit Console(bool json)
        : m_json(json)
    {
    }

    bool isJson() const { return m_json; }
    void line(const QString& text);        ///< for people
    void json(const QByteArray& document); ///< for programs, on one line
    void json(const QJsonObject& object);
    void note(const QString& message); ///< to standard error
    void error(const Failure& failure);

    /// Overwrites itself; shown only when standard error is a terminal. From one thread at a time.
    void progress(const QString& text);
    void endProgress();

    /// False when standard output could not be written, as on a full disk.
    bool flush();

private:
    bool m_json;
    bool m_inProgress = false;
};

} // namespace queuedeck::ctl

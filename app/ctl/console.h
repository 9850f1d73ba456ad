// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>
#include <optional>

namespace queuedeck::ctl {

// The program's exit codes.
constexpr int kDone = 0;
constexpr int kWorkFailed = 1;  ///< the work itself failed
constexpr int kWrongInput = 2;  ///< usage, payload, filter
constexpr int kUnreachable = 3; ///< the database or the endpoint
constexpr int kRefused = 4;     ///< for safety, or by the database or endpoint

/// Why a command did not do its work, for people, for programs and for the shell.
struct Failure
{
    base::Error error;
    QString hint;                      ///< more lines for people, such as a caret
    std::optional<qsizetype> position; ///< of the wrong character in a filter
    std::optional<int> code;           ///< the exit code, if not that of the error kind

    Failure(base::Error what)
        : error(std::move(what))
    {
    }
    int exitCode() const;
};

/// Text from a database made harmless for a terminal: see base::visibleText.
QString visible(const QString& text);

/// UTC, to the second; "-" for none.
QString shortTime(const QDateTime& time);

/// Columns aligned with spaces, the last one unpadded; without rows, only the titles.
QString table(const QStringList& titles, const QVector<QStringList>& rows);

/// Writes results to standard output and everything else to standard error. Whatever a text or
/// document holds, nothing that would act on a terminal gets out.
class Console
{
public:
    using Mask = std::function<QString(const QString&)>;

    /// `mask` removes from an error what must not be shown.
    explicit Console(bool json, Mask mask = {})
        : m_json(json)
        , m_mask(std::move(mask))
    {
    }

    bool isJson() const { return m_json; }
    void line(const QString& text);        ///< for people
    void json(const QByteArray& document); ///< for programs, on one line; made safe by safeJson()
    void json(const QJsonObject& object);
    /// A part of a file, as it is; on a terminal, what would act on it is made visible.
    void data(const QByteArray& bytes);
    void note(const QString& message); ///< to standard error
    void error(const Failure& failure);

    /// Overwrites itself; shown only when standard error is a terminal. From one thread at a time.
    void progress(const QString& text);
    void endProgress();

    /// Flushes the output so far. False if standard output could not be written, as on a full disk.
    bool flush();

private:
    bool m_json;
    Mask m_mask;
    bool m_inProgress = false;
};

} // namespace queuedeck::ctl

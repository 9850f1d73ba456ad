// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/job.h"

#include <QObject>

#include <functional>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;

/// Puts the selected jobs on the clipboard in the form that an action names: JSON or CSV with
/// payloads, a statement that reads them, or a request to the endpoint. Never a key or a password.
/// GUI thread.
class JobCopy : public QObject
{
    Q_OBJECT

public:
    /// The selected jobs when an action is triggered.
    using Selected = std::function<QVector<domain::Job>()>;
    /// The endpoint's address; empty if none is known.
    using Endpoint = std::function<QString()>;

    JobCopy(service::Session& session, ActionSet& actions, Selected selected, Endpoint endpoint,
            QObject* parent);

    /// A request that has the endpoint run what is pending; the key comes from the environment.
    static QString asCurl(const QString& endpoint);

Q_SIGNALS:
    void copied(const QString& said);
    void failed(const queuedeck::base::Error& error);

private:
    domain::JobIds selectedIds() const;
    void copyContents(bool isJson);
    void copySql();
    void put(const QString& text, const QString& form, qsizetype jobs);

    service::Session& m_session;
    Selected m_selected;
};

} // namespace queuedeck::ui

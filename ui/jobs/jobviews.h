// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/savedview.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace queuedeck::service {
class Session;
class ViewCounts;
struct SavedViews;
} // namespace queuedeck::service

namespace queuedeck::ui {

class Columns;

/// The saved views of the page of jobs: which there are, how many jobs each matches, and the
/// dialogs that save and manage them. GUI thread.
class JobViews : public QObject
{
    Q_OBJECT

public:
    JobViews(service::Session& session, const Columns& columns, QWidget* page);
    ~JobViews() override;

    /// Presets first.
    const domain::SavedViewList& views() const { return m_views; }
    /// As they are shown, by the id of a view.
    QHash<QString, QString> counts() const;
    const domain::SavedView* view(const QString& id) const;

    /// Reads the file again; counts while it is shown.
    void setShown(bool isShown);
    /// Asks for a name for this filter.
    void save(const QString& query, const QString& matches);
    void manage();

Q_SIGNALS:
    void changed();
    void said(const QString& line); ///< for a toast

private:
    void read();
    void take(const service::SavedViews& saved);
    void updateActive();

    service::Session& m_session;
    const Columns& m_columns;
    QWidget* m_page;
    service::ViewCounts* m_counts;
    domain::SavedViewList m_views;
    bool m_isShown = false;
};

} // namespace queuedeck::ui

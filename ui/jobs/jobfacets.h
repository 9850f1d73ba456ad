// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/savedview.h"
#include "core/domain/snapshot.h"
#include "ui/widgets/sidebarmodel.h"

namespace queuedeck::ui {

/// The saved views, statuses and types beside the jobs table, the latter with their counts in the
/// whole queue. A click edits the filter's text, which stays the single source of truth: what is
/// chosen is read from it.
class JobFacets : public SidebarModel
{
    Q_OBJECT

public:
    explicit JobFacets(QObject* parent = nullptr);

    /// `behindSince`: when the figures were true, if they are not of now.
    void setSnapshot(const domain::QueueSnapshot& snapshot, const QDateTime& behindSince = {});
    void setText(const QString& text);
    /// `counts`: as they are shown, by the id of a view.
    void setViews(const domain::SavedViewList& views, const QHash<QString, QString>& counts);

Q_SIGNALS:
    void viewWanted(const QString& id);
    void textWanted(const QString& text);

private:
    void rebuild();
    void toggle(const QString& key);
    QString typeTerm(const QString& type) const;
    bool hasLonger(const QString& type) const; ///< another type begins with it

    domain::QueueSnapshot m_snapshot;
    QDateTime m_behindSince;
    domain::SavedViewList m_views;
    QHash<QString, QString> m_viewCounts;
    QString m_text;
};

} // namespace queuedeck::ui

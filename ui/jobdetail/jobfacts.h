// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/picturereach.h"

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace queuedeck::ui {

class Label;

/// When a job was created, waited, ran and ended, two facts per row. Unknown facts say so.
class JobFacts : public QWidget
{
    Q_OBJECT

public:
    explicit JobFacts(QWidget* parent = nullptr);

    /// `isShared`: the web application's processor works here too. `reach`: the pictures that this
    /// computer reads.
    void setJob(const domain::JobDetail& detail, const QDateTime& now, bool isShared,
                const domain::PictureReach& reach = {});
    void clear();

Q_SIGNALS:
    void scanWanted(const queuedeck::domain::ScanId& id);

private:
    struct Fact
    {
        Label* name;
        Label* value;
    };

    void set(int place, const QString& name, const QString& value, const QString& tip = {});

    QGridLayout* m_grid;
    QVector<Fact> m_facts;
    QPushButton* m_scan;
    Label* m_note; ///< what is odd about this job; hidden if nothing is
    domain::ScanId m_scanId;
};

QString waitedText(const domain::JobDetail& detail, const QDateTime& now);
QString ranText(const domain::JobDetail& detail, const QDateTime& now);

} // namespace queuedeck::ui

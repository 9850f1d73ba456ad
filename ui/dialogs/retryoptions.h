// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/changeplan.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QGridLayout;
class QRadioButton;
class QSpinBox;

namespace queuedeck::ui {

class Label;

/// How jobs are to be retried: with their tries or from 0, a few of them first, how fast and when.
/// GUI thread.
class RetryOptions : public QWidget
{
    Q_OBJECT

public:
    explicit RetryOptions(QWidget* parent = nullptr);

    bool keepsTries() const;
    domain::ChangePlan plan() const;
    /// How many jobs will be changed, for saying how long that takes.
    void setJobs(qint64 jobs);

Q_SIGNALS:
    void triesChanged();

private:
    void addTries(QGridLayout& grid);
    void addFirst(QGridLayout& grid);
    void addPace(QGridLayout& grid);
    void addTime(QGridLayout& grid);
    void updateFields();

    QRadioButton* m_fromZero;
    QRadioButton* m_keep;
    QCheckBox* m_isFirst;
    QSpinBox* m_first;
    QComboBox* m_rule;
    QCheckBox* m_isPaced;
    QSpinBox* m_perSecond;
    Label* m_takes;
    QRadioButton* m_now;
    QRadioButton* m_isAt;
    QDateTimeEdit* m_at;
    Label* m_zone;
    qint64 m_jobs = 0;
};

} // namespace queuedeck::ui

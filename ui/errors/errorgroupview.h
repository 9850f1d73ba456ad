// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/errorgroups.h"

#include <QWidget>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class CopyButton;
class HourBars;
class Label;
class SignatureText;

/// One error group: its signature, when and how often, what differs from job to job, examples, and
/// the newest error as it is stored.
class ErrorGroupView : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorGroupView(service::Session& session, QWidget* parent = nullptr);

    /// `share` is of all failures; `now` that of the hours.
    void setGroup(const domain::ErrorGroup& group, double share, qint64 total,
                  const QDateTime& now);
    const QString& signature() const { return m_group.signature; }

Q_SIGNALS:
    void jobWanted(const queuedeck::domain::JobId& id);
    /// Only the jobs with this value at that place.
    void valueWanted(size_t place, const QString& value);
    void copied(const QString& what);

private:
    void showFacts(double share, qint64 total);
    void showVarying();
    void showExamples(const QDateTime& now);
    void readStored();

    service::Session& m_session;
    domain::ErrorGroup m_group;
    Label* m_title;
    SignatureText* m_signature;
    CopyButton* m_copy;
    QVector<Label*> m_facts;
    HourBars* m_hours;
    Label* m_variesTitle;
    QWidget* m_varies;
    Label* m_examplesTitle;
    QWidget* m_examples;
    Label* m_storedTitle;
    Label* m_stored;
    CopyButton* m_copyStored;
    QString m_shownVarying;
    QString m_shownExamples;
    domain::JobId m_storedId; ///< whose error is shown
};

} // namespace queuedeck::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobdetail/jsonprinter.h"

#include <QByteArray>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace queuedeck::ui {

class CopyButton;
class Label;
class PayloadText;

/// The payload of a job, laid out and coloured, exactly as stored; with its size and whether it
/// fits the schema of its type. A large one is shown in part until all of it is asked for. It is
/// laid out and judged on another thread, so the text follows a moment later.
class PayloadView : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadView(QWidget* parent = nullptr);

    void setPayload(const QString& type, const QByteArray& json);
    void clear();
    /// Takes what height there is instead of 14 rows.
    void setCompact(bool compact);

    QString text() const;
    QString verdict() const;
    bool isApproved() const { return m_isChecked && m_isGood; } ///< the tick stands there

    static constexpr qsizetype kFirstBytes = 200'000;
    static constexpr qsizetype kMostBytes = 8'000'000; ///< more of a payload is only copied
    static constexpr int kRows = 14;

private:
    struct Reading;
    void print(qsizetype limit);
    void take(const Reading& reading);
    void fitHeight();
    void wipe();

    QString m_type;
    QByteArray m_json;
    int m_asked = 0; ///< the reading that counts
    QTimer m_late;   ///< another job's payload does not stay longer
    QWidget* m_headRow;
    QHBoxLayout* m_head;
    QHBoxLayout* m_foot;
    Label* m_size;
    CopyButton* m_copy;
    PayloadText* m_text;
    QPushButton* m_openAll;
    QWidget* m_verdictIcon;
    Label* m_verdict;
    bool m_isCompact = false;
    bool m_isGood = true;
    bool m_isChecked = false; ///< against a schema
};

} // namespace queuedeck::ui

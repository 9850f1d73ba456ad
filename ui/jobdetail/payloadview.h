// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobdetail/jsonprinter.h"

#include <QByteArray>
#include <QWidget>

class QHBoxLayout;
class QPlainTextEdit;
class QPushButton;

namespace queuedeck::ui {

class CopyButton;
class Label;
class PayloadColors;

/// The payload of a job, laid out and coloured, exactly as stored; with its size and whether it
/// fits the schema of its type. A large one is shown in part until all of it is asked for.
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

    static constexpr qsizetype kFirstBytes = 200'000;
    static constexpr int kRows = 14;

private:
    void print(qsizetype limit);
    void fitHeight();
    void judge(const QString& type);

    QByteArray m_json;
    QWidget* m_headRow;
    QHBoxLayout* m_head;
    QHBoxLayout* m_foot;
    Label* m_size;
    CopyButton* m_copy;
    QPlainTextEdit* m_text;
    PayloadColors* m_colors;
    QPushButton* m_openAll;
    QWidget* m_verdictIcon;
    Label* m_verdict;
    bool m_isCompact = false;
    bool m_isGood = true;
};

} // namespace queuedeck::ui

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

/// The payload of a job, or its result, formatted and coloured, otherwise exactly as stored; with
/// its size and whether a payload matches the schema of its type. A large one is shown in part
/// until all of it is requested. It is formatted and checked on another thread, so the text follows
/// a moment later.
class PayloadView : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Payload, Result }; ///< a result has no schema

    explicit PayloadView(Kind kind = Kind::Payload, QWidget* parent = nullptr);

    void setPayload(const QString& type, const QByteArray& json);
    void clear();
    /// Uses the available height instead of 14 rows.
    void setCompact(bool compact);

    QString text() const;
    QString validity() const;
    bool isApproved() const { return m_isChecked && m_isGood; } ///< the tick is shown

    static constexpr qsizetype kFirstBytes = 200'000;
    static constexpr qsizetype kMostBytes = 8'000'000; ///< the rest can only be copied
    static constexpr int kRows = 14;

private:
    struct Reading;
    void print(qsizetype limit);
    void take(const Reading& reading);
    void fitHeight();
    void wipe();

    const Kind m_kind;
    QString m_type;
    QByteArray m_json;
    int m_asked = 0; ///< the number of the current reading
    QTimer m_late;   ///< removes the previous payload if the new one is late
    QWidget* m_headRow;
    QHBoxLayout* m_head;
    QHBoxLayout* m_foot;
    Label* m_size;
    CopyButton* m_copy;
    PayloadText* m_text;
    QPushButton* m_openAll;
    QWidget* m_validityIcon;
    Label* m_validity;
    bool m_isCompact = false;
    bool m_isGood = true;
    bool m_isChecked = false; ///< against a schema
};

} // namespace queuedeck::ui
